/** A branch or tag by the name people use, safe to print. */
export function shortRef(ref: string): string {
  return printableRef(ref.replace(/^refs\/(heads|tags)\//, ''));
}

/** A ref's name as it came, cut and without anything a terminal would obey. */
export function printableRef(ref: string): string {
  // eslint-disable-next-line no-control-regex
  return ref.slice(0, 120).replace(/[\x00-\x1f\x7f]/g, '?');
}
