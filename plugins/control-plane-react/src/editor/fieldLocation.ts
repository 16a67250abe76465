import { isObject } from '@krate/resource-model';

/** A place in an object: names of fields, numbers of items. */
export type FieldLocation = readonly (string | number)[];

/**
 * Where in an object a cause of the server points: `spec.steps[0].run`. Keys of maps may have dots themselves, so the longest
 * key that is there wins.
 */
export function locate(value: unknown, field: string): (string | number)[] {
  const path: (string | number)[] = [];
  let at = value;
  let rest = field;
  while (rest) {
    const index = /^\[(\d+)\]\.?/.exec(rest);
    const name = index ? Number(index[1]) : nameIn(at, rest);
    path.push(name);
    rest = index ? rest.slice(index[0].length) : rest.slice(String(name).length).replace(/^\./, '');
    at = child(at, name);
  }
  return path;
}

function nameIn(at: unknown, rest: string): string {
  const starts = (key: string) => rest === key || rest.startsWith(`${key}.`) || rest.startsWith(`${key}[`);
  const known = isObject(at) ? Object.keys(at).filter(starts) : [];
  const longest = known.sort((a, b) => b.length - a.length)[0];
  return longest || /^[^.[]*/.exec(rest)![0] || rest;
}

function child(at: unknown, name: string | number): unknown {
  if (Array.isArray(at)) return at[Number(name)];
  return isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
}

/** The value at a place; undefined when there is none. */
export function valueIn(value: unknown, path: FieldLocation): unknown {
  return path.reduce(child, value);
}

/** A place as the server writes it: `spec.steps[0].run`. */
export function fieldOf(path: FieldLocation): string {
  return path
    .map((name, index) => {
      if (typeof name === 'number') return `[${name}]`;
      return index > 0 ? `.${name}` : name;
    })
    .join('');
}
