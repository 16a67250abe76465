/** What looks like a secret, by kind. Linear patterns only: they meet whatever an agent prints. */
const SECRETS: readonly { kind: string; pattern: RegExp }[] = [
  {
    kind: 'private-key',
    pattern:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{1,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  },
  {
    kind: 'provider-token',
    pattern:
      /\b(?:sk-[\w-]{20,200}|gh[pousr]_\w{20,200}|github_pat_\w{20,200}|xox[abprs]-[\w-]{10,200}|AKIA[0-9A-Z]{16}|krate_[\w-]{20,200})/g,
  },
  { kind: 'bearer-token', pattern: /\b(?<=[Bb]earer )[\w.~+/=-]{16,4000}/g },
  {
    kind: 'secret-key',
    pattern:
      /(?<=\b(?:password|passwd|secret|api[_-]?key|access[_-]?token)["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"',;]{8,400}/gi,
  },
];

/** Text with everything that looks like a secret replaced by `[REDACTED:<kind>]`. */
export function redact(text: string): string {
  return SECRETS.reduce((shown, { kind, pattern }) => shown.replace(pattern, `[REDACTED:${kind}]`), text);
}
