import { CliError, EXIT } from './CliError';

/** What a person points at: a kind, and perhaps one object of it. */
export interface Target {
  kind: string;
  name?: string;
}

/** Reads `kind name`, `kind/name`, or `kind` alone. */
export function parseTarget(words: string[]): Target {
  const [first, second, ...more] = words;
  if (more.length > 0)
    throw new CliError(`One object at a time: ${first} ${second}, not also ${more.join(' ')}`, EXIT.usage);
  if (second !== undefined) return { kind: first, name: second };
  const slash = first.indexOf('/');
  if (slash < 0) return { kind: first };
  return { kind: first.slice(0, slash), name: first.slice(slash + 1) || undefined };
}

/** Reads `kind name` or `kind/name`; the verb is for the message when the name is missing. */
export function parseNamedTarget(words: string[], verb: string): Required<Target> {
  const { kind, name } = parseTarget(words);
  if (!name) throw new CliError(`${verb} which one? Give a name after ${kind}.`, EXIT.usage);
  return { kind, name };
}
