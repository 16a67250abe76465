import {
  ObjectDraft,
  ObjectKey,
  ResourceStore,
  StoredObject,
  Watch,
  StoreEvent,
  WriteOperation,
} from '../ResourceStore';

/** What a test says about an object; the rest is filled in. */
export interface TestObject {
  name?: string;
  namespace?: string;
  resource?: string;
  labels?: Record<string, string>;
  spec?: Record<string, unknown>;
}

/** The resource nearly all tests use. */
export const WIDGETS = { group: 'test.krate.dev', resource: 'widgets' };

export function keyOf({
  name = 'a',
  namespace = 'acme',
  resource = WIDGETS.resource,
}: TestObject = {}): ObjectKey {
  return { group: WIDGETS.group, resource, namespace, name };
}

export function draftOf(object: TestObject = {}): ObjectDraft {
  const { name, namespace } = keyOf(object);
  const { labels = {}, spec = {} } = object;
  const uid = `uid-${namespace}-${name}`;
  return {
    uid,
    labels,
    json: JSON.stringify({
      apiVersion: 'test.krate.dev/v1',
      kind: 'Widget',
      metadata: { name, namespace, uid, labels },
      spec,
    }),
  };
}

export function creation(object: TestObject = {}): WriteOperation {
  return { type: 'create', key: keyOf(object), draft: draftOf(object) };
}

export async function create(store: ResourceStore, object: TestObject = {}): Promise<StoredObject> {
  const [result] = await store.write([creation(object)]);
  return result.object;
}

export async function update(
  store: ResourceStore,
  before: StoredObject,
  change: TestObject,
): Promise<StoredObject> {
  const draft = draftOf({ namespace: before.namespace, name: before.name, ...change });
  const [result] = await store.write([
    { type: 'update', key: before, draft, expectedRevision: before.revision },
  ]);
  return result.object;
}

export async function remove(store: ResourceStore, before: StoredObject): Promise<StoredObject> {
  const [result] = await store.write([{ type: 'delete', key: before, expectedRevision: before.revision }]);
  return result.object;
}

/** Creates `count` objects named n-0000, n-0001, ... in one write. */
export async function createMany(
  store: ResourceStore,
  count: number,
  object: TestObject = {},
): Promise<StoredObject[]> {
  const operations = Array.from({ length: count }, (_, i) => creation({ ...object, name: numbered(i) }));
  return (await store.write(operations)).map(result => result.object);
}

export function numbered(i: number): string {
  return `n-${String(i).padStart(4, '0')}`;
}

/** The next `count` events of a watch, which stays open. */
export async function take(watch: Watch, count: number): Promise<StoreEvent[]> {
  const events: StoreEvent[] = [];
  const iterator = iteratorOf(watch);
  while (events.length < count) {
    const next = await iterator.next();
    if (next.done) throw new Error(`The watch ended after ${events.length} of ${count} events`);
    events.push(next.value);
  }
  return events;
}

const iterators = new WeakMap<Watch, AsyncIterator<StoreEvent>>();

function iteratorOf(watch: Watch): AsyncIterator<StoreEvent> {
  const known = iterators.get(watch) ?? watch[Symbol.asyncIterator]();
  iterators.set(watch, known);
  return known;
}

/** `ADDED a 3`: short enough to compare whole streams. */
export function brief(event: StoreEvent): string {
  return `${event.type} ${event.object.name} ${event.revision}`;
}

export function names(objects: readonly { name: string }[]): string[] {
  return objects.map(({ name }) => name);
}

/** Counts how often the event loop went round until the returned function is called. */
export function countTurns(): () => number {
  let turns = 0;
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  return () => {
    counting = false;
    return turns;
  };
}

/** The widgets as they were at a revision, told from history alone. */
export async function widgetsAt(store: ResourceStore, revision: number): Promise<StoredObject[]> {
  const objects = new Map<string, StoredObject>();
  const watch = await store.watch({ ...WIDGETS, fromRevision: 0 });
  for (const { type, object } of await take(watch, revision)) {
    const place = `${object.namespace} ${object.name}`;
    if (type === 'DELETED') objects.delete(place);
    else objects.set(place, object);
  }
  watch.close();
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}
