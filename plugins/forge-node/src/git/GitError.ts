/** Why a git process did not give what was asked of it. */
export type GitErrorCode =
  'failed' | 'timed-out' | 'aborted' | 'output-too-large' | 'not-found' | 'invalid-name';

/** A git command that failed. `stderr` is for logs and tests; it may name server paths, so never answer a request with it. */
export class GitError extends Error {
  constructor(
    readonly code: GitErrorCode,
    message: string,
    readonly details: { args?: readonly string[]; exitCode?: number | null; stderr?: string } = {},
  ) {
    super(message);
    this.name = 'GitError';
  }
}
