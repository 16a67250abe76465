import { checkImports } from './imports/checkImports';
import { checkLockfile } from './lockfile/checkLockfile';
import { checkManifests } from './manifests/checkManifests';

/** The part of `npm run check` that compiles and lints nothing: who imports whom, the package.json files, the lock file. */
const problems = [...checkImports(), ...checkManifests(), ...checkLockfile()];
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
