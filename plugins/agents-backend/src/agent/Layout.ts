import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RUN_UIDS } from '../process/privileges';

/** User ids of one installation: as many runs at once as it may have. */
const UIDS_EACH = 500;

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

  /**
   * The user ids that runs of this installation get, where the backend is root. What ends a run ends every process of its
   * user id, so two installations on one machine must not share them: the data directory picks the slice.
   */
  get uidRange(): { first: number; size: number } {
    const slices = Math.floor(RUN_UIDS.size / UIDS_EACH) - 1; // the last is left to probes
    const slice = createHash('sha256').update(this.dataDirectory).digest().readUInt32BE() % slices;
    return { first: RUN_UIDS.first + slice * UIDS_EACH, size: UIDS_EACH };
  }
}

/** Uids come from the server; a value that could climb out of the directory is a defect, not an input error. */
function fileName(uid: string): string {
  if (!/^[\w-]{1,64}$/.test(uid)) throw new Error(`Not a uid: ${uid}`);
  return uid;
}
