import { matchesKey, matchesSelectors } from './filter';
import { assertDraftJson, withRevision } from './objectJson';
import { assertKey, compareKeys, describeKey } from './objectKey';
import { alreadyExists, keepsUid, moved, notFound } from './refusals';
import {
  Expectation,
  ListQuery,
  ListResult,
  Note,
  ObjectDraft,
  ObjectKey,
  ResourceStore,
  StoredObject,
  StoreError,
  Watch,
  WatchQuery,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from './ResourceStore';

/** Provisional revisions begin here: no store comes this far. */
const PROVISIONAL = 2 ** 52;

/** Finds the revision that a provisional one has become. */
export type RealRevisions = (provisional: number) => number;

/** What became of one key. */
interface Staged {
  key: ObjectKey;
  /** Of the committed state; absent when there was none. */
  found?: number;
  /** Absent when it is gone. */
  now?: { draft: ObjectDraft; revision: number };
}

/**
 * A view of a store in which writes are only gathered: whoever works with it sees them, nobody else does, and
 * {@link commit} makes them all or none. Their revisions are provisional until then. For one piece of work at a time.
 */
export class StagedStore implements ResourceStore {
  private staged = new Map<string, Staged>();
  private expects: Expectation[] = [];
  private last = PROVISIONAL;
  /** Which object took each provisional revision. */
  private readonly takers = new Map<number, string>();

  constructor(private readonly base: ResourceStore) {}

  /** Whether a revision was given out by a view like this one. */
  static isProvisional(revision: number): boolean {
    return revision >= PROVISIONAL;
  }

  /**
   * Commits what was gathered in one write. Answers how to find the revision that a provisional one has become, which the
   * note of the whole is told too. Rejects as `write` does; `conflict` and `already-exists` when a state it began with has
   * moved.
   */
  async commit(note?: (realOf: RealRevisions) => string | undefined): Promise<RealRevisions> {
    const changes = [...this.staged.values()].filter(({ found, now }) => now || found !== undefined);
    const expects = this.expects.filter(({ revision }) => !StagedStore.isProvisional(revision));
    const realOf = (results: readonly WriteResult[]): RealRevisions => {
      const real = new Map(changes.map(({ key }, index) => [describeKey(key), results[index].revision]));
      return provisional => real.get(this.takers.get(provisional) ?? '') ?? provisional;
    };
    const results = await this.base.write(changes.map(operationOf), {
      expects,
      note: told => note?.(realOf(told)),
    });
    return realOf(results);
  }

  async get(key: ObjectKey): Promise<StoredObject | undefined> {
    const staged = this.staged.get(describeKey(key));
    return staged ? storedOf(staged) : this.base.get(key);
  }

  async list(query: ListQuery): Promise<ListResult> {
    const own = [...this.staged.values()].filter(
      ({ key }) => key.group === query.group && key.resource === query.resource,
    );
    if (own.length === 0) return this.base.list(query);
    const { limit: _limit, continue: _continue, ...filter } = query;
    const { items, revision } = await this.base.list(filter);
    const others = items.filter(item => !this.staged.has(describeKey(item)));
    const matching = own
      .flatMap(staged => storedOf(staged) ?? [])
      .filter(object => matchesKey(object, filter) && matchesSelectors(object, filter));
    return { revision, items: [...others, ...matching].sort(compareKeys) };
  }

  async write(
    operations: readonly WriteOperation[],
    { expects = [], note }: WriteOptions = {},
  ): Promise<WriteResult[]> {
    const before = new Map(this.staged);
    try {
      for (const { key, revision } of expects) {
        const state = await this.get(key);
        if (state?.revision !== revision) throw moved(key, state?.revision, revision);
      }
      const results: WriteResult[] = [];
      for (const operation of operations) results.push(await this.stage(operation));
      this.expects.push(...expects);
      // Told as ever; what is kept is the note of the whole, see `commit`.
      note?.(results);
      return results;
    } catch (error) {
      this.staged = before;
      throw error;
    }
  }

  watch(query: WatchQuery): Promise<Watch> {
    return this.base.watch(query);
  }

  revision(): Promise<number> {
    return this.base.revision();
  }

  compact(revision: number): Promise<void> {
    return this.base.compact(revision);
  }

  notes(limit: number): Promise<Note[]> {
    return this.base.notes(limit);
  }

  dropNotes(revision: number): Promise<void> {
    return this.base.dropNotes(revision);
  }

  /** The store beneath stays open. */
  async close(): Promise<void> {
    this.staged.clear();
  }

  private async stage(operation: WriteOperation): Promise<WriteResult> {
    const { key } = operation;
    assertKey(key);
    if (operation.type === 'create' && operation.number)
      throw new StoreError(
        'invalid',
        `${describeKey(key)} takes a number, which only a commit can give`,
        key,
      );
    const before = await this.get(key);
    if (operation.type !== 'delete') assertDraftJson(operation.draft.json, key);
    assertFits(operation, before);

    const known = this.staged.get(describeKey(key));
    const found = known ? known.found : before?.revision;
    this.last += 1;
    const revision = this.last;
    this.takers.set(revision, describeKey(key));
    if (operation.type === 'delete') {
      this.staged.set(describeKey(key), { key, found });
      return { revision, object: before! };
    }
    const staged = { key, found, now: { draft: operation.draft, revision } };
    this.staged.set(describeKey(key), staged);
    return { revision, object: storedOf(staged)! };
  }
}

/** Refuses what a store would refuse. */
function assertFits(operation: WriteOperation, before: StoredObject | undefined): void {
  const { key } = operation;
  if (operation.type === 'create') {
    if (before) throw alreadyExists(key);
    return;
  }
  if (!before) throw notFound(key);
  if (before.revision !== operation.expectedRevision)
    throw moved(key, before.revision, operation.expectedRevision);
  if (operation.type === 'update' && operation.draft.uid !== before.uid) throw keepsUid(key, before.uid);
}

function storedOf({ key, now }: Staged): StoredObject | undefined {
  if (!now) return undefined;
  const { draft, revision } = now;
  return { ...key, uid: draft.uid, revision, json: withRevision(draft.json, revision) };
}

/** The one operation that leads from what was found to what is there now. */
function operationOf({ key, found, now }: Staged): WriteOperation {
  if (found === undefined) return { type: 'create', key, draft: now!.draft };
  if (!now) return { type: 'delete', key, expectedRevision: found };
  return { type: 'update', key, draft: now.draft, expectedRevision: found };
}
