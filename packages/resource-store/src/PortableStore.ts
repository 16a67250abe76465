import { ResourceStore } from './ResourceStore';

/**
 * A store whose present state can be carried elsewhere: into a backup, and from there into an empty store of any driver.
 * History is left behind.
 */
export interface PortableStore extends ResourceStore {
  /**
   * Hands every record of one moment to `take`, one after the other, while reads and writes go on. Resolves with the
   * revision of that moment.
   */
  dump(take: (record: StoreRecord) => Promise<void> | void): Promise<number>;
  /**
   * Fills an empty store in one transaction and goes on from `revision`: every write takes a higher one, and every watch and
   * continue token from before answers `compacted`. Refuses a store that was ever written to with `conflict`. To be called
   * before anything else works with the store.
   */
  load(records: AsyncIterable<StoreRecord>, revision: number): Promise<void>;
}

/** One thing that a store holds, the same for every driver. */
export type StoreRecord = ObjectRecord | CounterRecord;

export interface ObjectRecord {
  type: 'object';
  group: string;
  resource: string;
  namespace: string;
  name: string;
  uid: string;
  revision: number;
  /** Without `metadata.resourceVersion`, as a draft. */
  json: string;
  labels: Readonly<Record<string, string>>;
}

/** A number series, such as the pull requests of a repository. */
export interface CounterRecord {
  type: 'counter';
  name: string;
  /** The number that was given last. */
  value: number;
}
