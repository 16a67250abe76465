/** `npm run new -- kind | reconciler | admission-rule | tab | area …`: files to begin with, and the entries they need. */
import { isInstalled, noteInstalled } from './prepare.mjs';
import { root, runTypeScript } from './runTypeScript.mjs';

const installed = isInstalled(root);

process.exitCode = runTypeScript('packages/repo-tools/src/new/main.ts', process.argv.slice(2));
// What it installed for new packages is in the lock file too: the next start need not install everything anew.
if (process.exitCode === 0 && installed && !isInstalled(root)) noteInstalled(root);
