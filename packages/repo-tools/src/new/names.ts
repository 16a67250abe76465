import { ScaffoldError } from './Scaffold';

/** `buildCache`, for files and constants. */
export function camel(name: string): string {
  const pascal = pascalOf(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `BuildCache`, for kinds and components. */
export function pascalOf(name: string): string {
  return name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** `build cache`, for sentences. */
export function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** `buildcaches`, for addresses. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/** `a build cache`, `an invoice`. */
export function aOrAn(phrase: string): string {
  return `${/^[aeiou]/.test(phrase) ? 'an' : 'a'} ${phrase}`;
}

/** @throws ScaffoldError when it could not be the name of an area, a rule or a folder */
export function checkDashed(what: string, name: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return name;
  throw new ScaffoldError(`${what} is written in lower case with dashes, not ${name}`);
}

/** @throws ScaffoldError when it could not be the name of a kind */
export function checkKindName(name: string): string {
  if (/^[A-Z][A-Za-z0-9]{0,59}$/.test(name)) return name;
  throw new ScaffoldError(`a kind is a noun in capitals, such as BuildCache, not ${name}`);
}
