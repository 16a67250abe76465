/**
 * `npm run acceptance [-- --times N] [--postgres]`: tells the story N times, each on a fresh data directory and free ports.
 * With --postgres each also has a PostgreSQL of its own; KRATE_DATABASE_URL names an existing, empty one instead.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tell } from './story.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const flag = process.argv.indexOf('--times');
const times = flag > 0 ? Number(process.argv[flag + 1]) : 1;
const onPostgres = process.argv.includes('--postgres') && !process.env.KRATE_DATABASE_URL;

async function tellOnPostgres() {
  const { startPostgres } = await import('../../packages/test-postgres/src/postgresForTests.ts');
  const postgres = await startPostgres();
  try {
    await tell(root, { databaseUrl: postgres.url });
  } finally {
    await postgres.dispose();
  }
}

for (let round = 1; round <= times; round += 1) {
  if (times > 1) console.log(`\nround ${round} of ${times}`);
  await (onPostgres ? tellOnPostgres() : tell(root));
}
console.log(`\n${times} passed, 0 failed`);
