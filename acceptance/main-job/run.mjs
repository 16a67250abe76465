/** `npm run acceptance [-- --times N]`: tells the story N times, each on a fresh data directory and free ports. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tell } from './story.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const flag = process.argv.indexOf('--times');
const times = flag > 0 ? Number(process.argv[flag + 1]) : 1;

for (let round = 1; round <= times; round += 1) {
  if (times > 1) console.log(`\nround ${round} of ${times}`);
  await tell(root);
}
console.log(`\n${times} passed, 0 failed`);
