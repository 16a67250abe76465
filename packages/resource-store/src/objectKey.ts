import { ObjectKey, StoreError } from './ResourceStore';

/** What identifies and sorts an object inside one resource. */
export type KeyInResource = Pick<ObjectKey, 'namespace' | 'name'>;

const PRINTABLE = /^[\x21-\x7e]*$/;

/** Whether every driver sorts the key alike, see {@link ObjectKey}. */
export function isKey({ group, resource, namespace, name }: ObjectKey): boolean {
  const printable = [group, resource, namespace, name].every(part => PRINTABLE.test(part));
  return resource !== '' && name !== '' && printable;
}

/** Refuses keys that drivers could sort differently. */
export function assertKey(key: ObjectKey): void {
  if (isKey(key)) return;
  throw new StoreError(
    'invalid',
    'A key needs a resource and a name, all parts in printable ASCII without spaces',
    key,
  );
}

/** The order of lists: by namespace, then name. */
export function compareKeys(a: KeyInResource, b: KeyInResource): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

/** A text unique within one resource; a space cannot occur in a key. */
export function keyText(key: KeyInResource): string {
  return `${key.namespace} ${key.name}`;
}

/** How messages name an object: `repositories.krate.dev acme/website`. */
export function describeKey(key: ObjectKey): string {
  const resource = key.group ? `${key.resource}.${key.group}` : key.resource;
  return `${resource} ${key.namespace ? `${key.namespace}/` : ''}${key.name}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
