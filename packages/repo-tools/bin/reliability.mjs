/** `npm run reliability`: the stories of packages/reliability, for as many seeds as one has time for. */
import { runTypeScript } from './runTypeScript.mjs';

process.exit(runTypeScript('packages/reliability/src/main.ts', process.argv.slice(2)));
