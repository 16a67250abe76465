import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The first of these programs that can be run: names are looked for on the PATH, absolute paths as they are. */
export function findProgram(candidates) {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return candidates
    .flatMap(candidate =>
      isAbsolute(candidate) ? [candidate] : directories.map(directory => join(directory, candidate)),
    )
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
