import { ResourceStore, StoreError, StoredObject } from '@krate/resource-store';
import { Change, Item, Snapshot } from '../history/History';
import { Refusal, Subject } from './Subject';

const ITEMS = { group: 'reliability.krate.dev', resource: 'items' };

/** A store in this process as a subject. */
export class StoreSubject implements Subject {
  constructor(
    private readonly store: ResourceStore,
    /** Events a watch keeps for a slow reader. */
    private readonly buffer?: number,
  ) {}

  async create(key: string, value: string): Promise<number> {
    return this.write({ type: 'create', key: keyOf(key), draft: draftOf(key, value) });
  }

  async update(key: string, value: string, expectedRevision: number): Promise<number> {
    return this.write({ type: 'update', key: keyOf(key), draft: draftOf(key, value), expectedRevision });
  }

  async remove(key: string, expectedRevision: number): Promise<void> {
    await this.write({ type: 'delete', key: keyOf(key), expectedRevision });
  }

  async get(key: string): Promise<Item | undefined> {
    const object = await translated(this.store.get(keyOf(key)));
    return object && itemOf(object);
  }

  async list(): Promise<Snapshot> {
    const { items, revision } = await translated(this.store.list(ITEMS));
    return { revision, items: items.map(itemOf) };
  }

  async *watch(from: number, signal: AbortSignal): AsyncIterable<Change> {
    const watch = await translated(this.store.watch({ ...ITEMS, fromRevision: from, buffer: this.buffer }));
    const close = () => watch.close();
    signal.addEventListener('abort', close);
    try {
      for await (const { type, object, revision } of watch) yield { type, ...itemOf(object), revision };
    } catch (error) {
      throw refusalOf(error);
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  private async write(operation: Parameters<ResourceStore['write']>[0][number]): Promise<number> {
    const [{ revision }] = await translated(this.store.write([operation]));
    return revision;
  }
}

function keyOf(name: string) {
  return { ...ITEMS, namespace: 'test', name };
}

function draftOf(name: string, value: string) {
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'Item', metadata: { name }, spec: { value } });
  return { uid: `uid-${name}`, labels: {}, json };
}

function itemOf({ name, revision, json }: StoredObject): Item {
  return { key: name, revision, value: JSON.parse(json).spec.value };
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  if (error.code === 'compacted') return new Refusal('expired', error.message);
  return new Refusal(error.code === 'unavailable' ? 'unknown' : 'refused', error.message);
}
