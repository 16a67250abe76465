import { join } from 'node:path';

/** Where the agents area keeps its files, below the data directory. */
export class Layout {
  constructor(readonly dataDirectory: string) {}

  /** Journal, socket and notes of one attempt. Short, since a socket's path holds 107 bytes. */
  runDirectory(attemptUid: string): string {
    return join(this.dataDirectory, 'runs', fileName(attemptUid));
  }

  workspace(uid: string): string {
    return join(this.dataDirectory, 'workspaces', fileName(uid));
  }

  /** The bare repository that a run's commits come back to. */
  quarantine(attemptUid: string): string {
    return join(this.runDirectory(attemptUid), 'quarantine.git');
  }

  /** The work of a run as a patch, until it is stored in its artifact's stream. */
  patch(attemptUid: string): string {
    return join(this.runDirectory(attemptUid), 'work.patch');
  }

  get programs(): string {
    return join(this.dataDirectory, 'programs');
  }

  get uids(): string {
    return join(this.dataDirectory, 'uids');
  }
}

/** Uids come from the server; a value that could climb out of the directory is a defect, not an input error. */
function fileName(uid: string): string {
  if (!/^[\w-]{1,64}$/.test(uid)) throw new Error(`Not a uid: ${uid}`);
  return uid;
}
