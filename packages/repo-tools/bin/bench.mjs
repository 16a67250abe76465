/** `npm run bench [-- options]`: the ratios of docs/performance.md, measured on this machine. */
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = runTypeScript('packages/bench/src/main.ts', process.argv.slice(2));
