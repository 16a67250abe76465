/** What the forge answers below `forge/<organization>/<repository>/`. */

export interface Branch {
  name: string;
  sha: string;
  committedAt: string;
  author: string;
  subject: string;
  default: boolean;
}

export interface Branches {
  defaultBranch: string;
  items: Branch[];
}

export interface TreeEntry {
  name: string;
  path: string;
  type: 'directory' | 'file' | 'symlink' | 'submodule';
  executable: boolean;
  sha: string;
  /** Bytes. */
  size?: number;
}

export interface Tree {
  /** The commit. */
  sha: string;
  path: string;
  entries: TreeEntry[];
  truncated: boolean;
}

export interface Blob {
  commit: string;
  path: string;
  sha: string;
  /** Bytes of the whole file. */
  size: number;
  binary: boolean;
  /** `text` is the beginning only. */
  truncated: boolean;
  /** Absent for binary files. */
  text?: string;
}

export interface CommitInfo {
  sha: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  subject: string;
  body: string;
}

export interface Commits {
  items: CommitInfo[];
  more: boolean;
}

export interface ChangedFile {
  path: string;
  /** Where it was before a rename. */
  oldPath?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed';
  additions: number;
  deletions: number;
  binary: boolean;
}

export interface Diff {
  files: ChangedFile[];
  /** Unified, with git's extended headers. */
  diff: string;
  /** Files or text were left out because there is too much. */
  truncated: boolean;
}

/** Lines that came together, by the commit that last touched them. */
export interface BlameHunk {
  sha: string;
  /** First line, from 1. */
  line: number;
  lines: number;
  author: string;
  date: string;
  subject: string;
}

export interface Blame {
  hunks: BlameHunk[];
  tooLarge: boolean;
}

export interface Tag {
  name: string;
  /** The commit it names. */
  sha: string;
  taggedAt: string;
  tagger?: string;
  subject: string;
}

/** How far branches are from the default one. */
export interface Divergence {
  items: { name: string; ahead: number; behind: number }[];
}

export interface CommitSignature {
  /** Good: by whom. */
  signer?: string;
  /** Not good: what is wrong, to follow the commit in a sentence. */
  problem?: string;
}

export interface CodeMatch {
  repository: string;
  ref: string;
  path: string;
  line: number;
  text: string;
}

export interface CodeSearch {
  items: CodeMatch[];
  /** Repositories that were looked at. */
  searched: number;
  /** Those that have more than was looked at. */
  unfinished: string[];
}
