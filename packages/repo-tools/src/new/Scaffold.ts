import { GeneratedFile } from '../generate/Generator';

/** A change of a file that stands already. */
export interface Edit {
  /** From the root. */
  path: string;
  /** Gives the new text. Throws a {@link ScaffoldError} when it does not find its place. */
  edit(text: string): string;
}

/** What a scaffold makes: new files, entries in files that stand, and what to do next. */
export interface Scaffold {
  files: readonly GeneratedFile[];
  edits: readonly Edit[];
  /** Folders that are taken away, from the root. */
  removes?: readonly string[];
  /** For the reader, a line each. */
  next: readonly string[];
  /** It brings or takes packages: they have to be linked, and the lock file has to know them. */
  packages?: boolean;
}

/** Something the caller can put right; the message says how. */
export class ScaffoldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScaffoldError';
  }
}
