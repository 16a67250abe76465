import { ObjectFilter, Requirement, StoredObject, StoreEvent } from './ResourceStore';
import { replaceRevision } from './objectJson';

type Json = Record<string, unknown>;

/** Each object is parsed at most once, however many watches look at it; the cache dies with the object. */
const parsedObjects = new WeakMap<StoredObject, Json>();
/** The variants of an event that selector transitions need, shared by all watches that see the same transition. */
const entered = new WeakMap<StoreEvent, StoreEvent>();
const left = new WeakMap<StoreEvent, StoreEvent>();

/** Whether the object's namespace and name pass; group and resource are taken as given. */
export function matchesKey(object: { namespace: string; name: string }, filter: ObjectFilter): boolean {
  if (filter.namespace !== undefined && filter.namespace !== object.namespace) return false;
  return filter.name === undefined || filter.name === object.name;
}

/** Whether labels satisfy all requirements. As in Kubernetes, `NotIn` also holds for objects without the label. */
export function matchesLabels(
  labels: Readonly<Record<string, string>>,
  requirements: readonly Requirement[],
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    const listed = value !== undefined && values.includes(value);
    return operator === 'In' ? listed : !listed;
  });
}

/** Whether the declared fields hold the wanted values. `metadata.name` and `.namespace` are read from the key. */
export function matchesFields(object: StoredObject, fields: NonNullable<ObjectFilter['fields']>): boolean {
  return fields.every(({ path, value, negate }) => (fieldText(object, path) === value) !== Boolean(negate));
}

/** Whether labels and fields pass. */
export function matchesSelectors(object: StoredObject, filter: ObjectFilter): boolean {
  if (filter.labels?.length && !matchesLabels(labelsOf(object), filter.labels)) return false;
  return !filter.fields?.length || matchesFields(object, filter.fields);
}

/**
 * What a watch with this filter sees of an event of its resource: the event itself, nothing, or a selector transition.
 * An object that starts to match is ADDED; one that stops is DELETED with its last matching state, which carries the
 * event's revision so that a client can resume from it.
 */
export function admit(event: StoreEvent, filter: ObjectFilter): StoreEvent | undefined {
  if (!matchesKey(event.object, filter)) return undefined;
  if (!filter.labels?.length && !filter.fields?.length) return event;

  const matchedBefore = event.previous !== undefined && matchesSelectors(event.previous, filter);
  if (event.type === 'DELETED') return matchedBefore ? event : undefined;

  const matchesNow = matchesSelectors(event.object, filter);
  if (matchesNow) return matchedBefore || event.type === 'ADDED' ? event : remember(entered, event, asAdded);
  return matchedBefore ? remember(left, event, asDeleted) : undefined;
}

function asAdded(event: StoreEvent): StoreEvent {
  return { ...event, type: 'ADDED' };
}

function asDeleted(event: StoreEvent): StoreEvent {
  const last = event.previous!;
  const json = replaceRevision(last.json, last.revision, event.revision);
  return { ...event, type: 'DELETED', object: { ...last, revision: event.revision, json } };
}

function remember<K extends object, V>(cache: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  cache.set(key, made);
  return made;
}

function parsed(object: StoredObject): Json {
  return remember(parsedObjects, object, ({ json }) => JSON.parse(json) as Json);
}

function labelsOf(object: StoredObject): Record<string, string> {
  const { labels } = parsed(object).metadata as { labels?: Record<string, string> };
  return labels ?? {};
}

function fieldText(object: StoredObject, path: string): string {
  if (path === 'metadata.name') return object.name;
  if (path === 'metadata.namespace') return object.namespace;
  let value: unknown = parsed(object);
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return '';
    value = (value as Json)[step];
  }
  if (typeof value === 'object' || value === undefined) return '';
  return String(value);
}
