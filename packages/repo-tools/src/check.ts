import { checkImports } from './imports/checkImports';
import { checkLockfile } from './lockfile/checkLockfile';

/** The part of `npm run check` that compiles and lints nothing: who imports whom, and the lock file. */
const problems = [...checkImports(), ...checkLockfile()];
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
