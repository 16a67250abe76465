/** A rule that cannot be: for the person who declares the kind, with the place and the way out. */
export class RuleError extends Error {
  constructor(path: string, rule: string, problem: string) {
    super(`The rule ${JSON.stringify(rule)} at ${path || 'the object'} ${problem}`);
    this.name = 'RuleError';
  }
}
