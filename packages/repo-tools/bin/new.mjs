/** `npm run new -- kind | reconciler | admission-rule | tab | area …`: files to begin with, and the entries they need. */
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = runTypeScript('packages/repo-tools/src/new/main.ts', process.argv.slice(2));
