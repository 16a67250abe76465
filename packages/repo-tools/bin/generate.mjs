/** `npm run generate [-- --check]`: the files that are derived from the kinds. */
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = runTypeScript('packages/repo-tools/src/generate/main.ts', process.argv.slice(2));
