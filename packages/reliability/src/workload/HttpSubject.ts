import { Change, Item, Snapshot } from '../history/History';
import { Collection, refusalOf } from './Collection';
import { Refusal, Subject } from './Subject';

/** What the API answers of an object. */
interface Answer {
  metadata: { name: string; resourceVersion: string };
  spec: { value: string };
}

/** A collection of a real API server as a subject. */
export class HttpSubject implements Subject {
  constructor(private readonly collection: Collection) {}

  async create(key: string, value: string): Promise<number> {
    const { collection } = this;
    return revisionOf(await collection.json<Answer>('POST', '', collection.manifest(key, value)));
  }

  async update(key: string, value: string, expected: number): Promise<number> {
    const { collection } = this;
    const object = collection.manifest(key, value, expected);
    return revisionOf(await collection.json<Answer>('PUT', `/${key}`, object));
  }

  async remove(key: string, expected: number): Promise<void> {
    await this.collection.json('DELETE', `/${key}`, {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { resourceVersion: String(expected) },
    });
  }

  async get(key: string): Promise<Item | undefined> {
    try {
      return itemOf(await this.collection.json<Answer>('GET', `/${key}`));
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(): Promise<Snapshot> {
    const list = await this.collection.json<{ metadata: Answer['metadata']; items: Answer[] }>('GET', '');
    return { revision: revisionOf(list), items: list.items.map(itemOf) };
  }

  async *watch(from: number, signal: AbortSignal): AsyncIterable<Change> {
    for await (const line of this.collection.lines(`?watch=true&resourceVersion=${from}`, signal)) {
      const { type, object } = JSON.parse(line);
      if (type === 'ERROR') throw refusalOf(object.code, object.message);
      yield { type, ...itemOf(object) };
    }
  }
}

function itemOf(object: Answer): Item {
  return { key: object.metadata.name, value: object.spec.value, revision: revisionOf(object) };
}

function revisionOf({ metadata }: Pick<Answer, 'metadata'>): number {
  return Number(metadata.resourceVersion);
}
