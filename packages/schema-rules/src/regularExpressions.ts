import { RE2JS } from 're2js';

const KEPT = 500;
const compiled = new Map<string, RE2JS>();

/**
 * A regular expression by the rules of RE2: what it costs grows with the length of the text and of the pattern, whatever they
 * are.
 *
 * @throws the complaint of the parser
 */
export function regularExpression(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = RE2JS.compile(pattern);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

/** Whether the pattern is found anywhere in the text. */
export function matches(text: string, pattern: string): boolean {
  return regularExpression(pattern).matcher(text).find();
}

/** The first occurrence; empty when there is none. */
export function find(text: string, pattern: string): string {
  const matcher = regularExpression(pattern).matcher(text);
  return matcher.find() ? matcher.group()! : '';
}

/** All occurrences, or the first so many. */
export function findAll(text: string, pattern: string, limit = -1n): string[] {
  const matcher = regularExpression(pattern).matcher(text);
  const found: string[] = [];
  while ((limit < 0n || found.length < limit) && matcher.find()) found.push(matcher.group()!);
  return found;
}
