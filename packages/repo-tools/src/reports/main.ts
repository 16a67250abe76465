import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/readWorkspace';
import { apiReports } from './apiReports';

/** Compares the committed API reports with the code, or writes them (`--write`). */
function main(write: boolean): void {
  const stale = apiReports().filter(({ path, content }) => {
    const file = join(ROOT, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== content;
  });
  if (stale.length === 0) return;
  const lines = stale.map(({ path }) => `  ${path}\n`).join('');
  if (write) {
    stale.forEach(({ path, content }) => writeFileSync(join(ROOT, path), content));
    process.stdout.write(`written:\n${lines}`);
    return;
  }
  process.stderr.write(
    `API reports are stale; run \`npm run check -- --fix API\` and review them:\n${lines}`,
  );
  process.exitCode = 1;
}

try {
  main(process.argv.includes('--write'));
} catch (error) {
  process.stderr.write(`API reports: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
