/**
 * What a backup does with a directory that an area keeps below the data directory. Directories that nobody speaks for are
 * copied file by file, so that nothing is lost because somebody forgot it.
 */
export type DataDirectory = LeftOutDirectory | CopiedDirectory;

/** It is of this machine alone, or can be made anew. */
export interface LeftOutDirectory {
  /** Below the data directory. */
  name: string;
  /** Why it is not missed, for people. */
  leftOut: string;
}

/** It needs more care than a plain copy while work goes on in it. */
export interface CopiedDirectory {
  /** Below the data directory. */
  name: string;
  /** Copies `from` to `to`, which does not exist. Called after the database was read, so the copy may know more than that. */
  copy(from: string, to: string): Promise<void>;
}
