/** The user of a sandbox cannot read something that the sandbox needs. */
export class UnreachablePath extends Error {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`The sandbox's user cannot read ${path}`, { cause });
    this.name = 'UnreachablePath';
  }
}
