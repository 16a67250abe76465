/** Exit codes of the command, stable for scripts. */
export const EXIT = {
  failed: 1,
  usage: 2,
  notFound: 3,
  denied: 4,
  conflict: 5,
  timedOut: 6,
} as const;

/** A failure the command explains itself; anything else is a bug and shows its stack. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
