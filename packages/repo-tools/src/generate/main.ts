import { ROOT } from '../workspace/readWorkspace';
import { generators } from './generators';
import { readControllers } from './readControllers';
import { readKinds } from './readKinds';
import { refresh } from './refresh';
import { staleFiles } from './staleFiles';

/** `npm run generate`, and `npm run generate -- --check`, which only tells. */
async function main(args: string[]): Promise<void> {
  const unknown = args.filter(argument => argument !== '--check');
  if (unknown.length > 0) throw new Error(`generate takes only --check, not ${unknown.join(' ')}`);

  const stale = await staleFiles(ROOT, generators, readKinds(), readControllers());
  const lines = stale.map(({ path, problem }) => `  ${problem.padEnd(9)} ${path}\n`).join('');
  if (!args.includes('--check')) {
    refresh(ROOT, stale);
    process.stdout.write(stale.length > 0 ? `generated:\n${lines}` : 'generated files were current\n');
    return;
  }
  if (stale.length === 0) return;
  process.stderr.write(`Generated files are stale; run \`npm run generate\` and commit them:\n${lines}`);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`generate: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
