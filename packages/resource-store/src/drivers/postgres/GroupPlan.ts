import {
  Expectation,
  Fence,
  Note,
  ObjectDraft,
  ObjectKey,
  StoreEvent,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from '../../ResourceStore';
import { assertDraftJson } from '../../objectJson';
import { assertKey, isKey } from '../../objectKey';
import { alreadyExists, keepsUid, moved, notFound } from '../../refusals';
import { storedObject } from '../../rows';

/** One `write` that waits for its answer. */
export interface Call {
  operations: readonly WriteOperation[];
  fence?: Fence;
  expects: readonly Expectation[];
  note?: WriteOptions['note'];
  resolve(results: WriteResult[]): void;
  reject(error: unknown): void;
}

/**
 * An object as a group of writes sees it: committed under `revision`, or made by the group itself as its `offset`-th
 * change. The group's first revision is only known once its turn has come.
 */
export interface ObjectState {
  uid: string;
  json: string;
  revision?: number;
  offset?: number;
  /** Absent for a committed state: then they are in `json`. */
  labels?: Readonly<Record<string, string>>;
}

/** One event to be. Its revision is the group's base plus `offset`, which counts from 1. */
export interface Change {
  type: StoreEvent['type'];
  key: ObjectKey;
  offset: number;
  /** For a deletion the last state. */
  after: ObjectState;
  before?: ObjectState;
}

/** What became of a key: its last change, and the committed state that the group found. */
export interface Touched {
  key: ObjectKey;
  found?: ObjectState;
  last: Change;
}

/** What became of a named counter. */
export interface Counted {
  name: string;
  found?: number;
  value: number;
}

/** Reads committed states; absent ones are left out. */
export interface CommittedState {
  objects(keys: readonly ObjectKey[]): Promise<{ key: ObjectKey; state: ObjectState }[]>;
  counters(names: readonly string[]): Promise<Map<string, number>>;
}

type Outcome = { call: Call; changes: Change[] } | { call: Call; error: unknown };

/**
 * Works out in memory what a group of calls does to the committed state: which hold, which are refused and why, and what has
 * to be written. Each call holds or is undone as a whole. Nothing is answered here, since nothing is committed yet.
 */
export class GroupPlan {
  readonly changes: Change[] = [];
  readonly outcomes: Outcome[] = [];
  private readonly found = new Map<string, ObjectState | undefined>();
  private readonly states = new Map<string, ObjectState | undefined>();
  private readonly foundCounters = new Map<string, number>();
  private readonly counters = new Map<string, number>();

  private constructor(private readonly committed: CommittedState) {}

  static async of(calls: readonly Call[], committed: CommittedState): Promise<GroupPlan> {
    const plan = new GroupPlan(committed);
    await plan.prefetch(
      calls.flatMap(({ operations }) => operations),
      calls.flatMap(({ expects }) => expects),
    );
    for (const call of calls) await plan.add(call);
    return plan;
  }

  /** One entry per key that differs from what the group found. */
  touched(): Touched[] {
    const last = new Map<string, Change>();
    for (const change of this.changes) last.set(textOf(change.key), change);
    return [...last].map(([text, change]) => ({
      key: change.key,
      found: this.found.get(text),
      last: change,
    }));
  }

  counted(): Counted[] {
    return [...this.counters].map(([name, value]) => ({ name, found: this.foundCounters.get(name), value }));
  }

  /** The events, once the revision before the group's first is known. */
  events(base: number): StoreEvent[] {
    return this.changes.map(change => eventOf(change, base));
  }

  /** What the calls that hold leave to be told. */
  notes(base: number): Note[] {
    return this.outcomes.flatMap(outcome => {
      if (!('changes' in outcome) || !outcome.call.note) return [];
      const results = outcome.changes.map(change => resultOf(eventOf(change, base)));
      const text = outcome.call.note(results);
      return text === undefined ? [] : [{ revision: results.at(-1)!.revision, text }];
    });
  }

  private async prefetch(
    operations: readonly WriteOperation[],
    expects: readonly Expectation[],
  ): Promise<void> {
    const numbered = operations.flatMap(one =>
      one.type === 'create' && one.number ? [one.number.counter] : [],
    );
    const plain = operations.filter(one => one.type !== 'create' || !one.number);
    await this.load([...plain, ...expects].map(({ key }) => key));
    if (numbered.length === 0) return;
    for (const [name, value] of await this.committed.counters([...new Set(numbered)])) {
      this.foundCounters.set(name, value);
    }
  }

  private async load(keys: readonly ObjectKey[]): Promise<void> {
    const wanted = new Map(
      keys.filter(key => isKey(key) && !this.found.has(textOf(key))).map(key => [textOf(key), key]),
    );
    if (wanted.size === 0) return;
    for (const text of wanted.keys()) this.found.set(text, undefined);
    for (const { key, state } of await this.committed.objects([...wanted.values()])) {
      this.found.set(textOf(key), state);
    }
  }

  private async add(call: Call): Promise<void> {
    const start = this.changes.length;
    const counters = new Map(this.counters);
    try {
      for (const { key, revision } of call.expects) {
        const state = this.stateOf(key);
        if (state?.revision !== revision) throw moved(key, state?.revision, revision);
      }
      for (const operation of call.operations) await this.apply(operation);
      this.outcomes.push({ call, changes: this.changes.slice(start) });
    } catch (error) {
      this.counters.clear();
      for (const [name, value] of counters) this.counters.set(name, value);
      this.undo(start);
      this.outcomes.push({ call, error });
    }
  }

  private undo(start: number): void {
    const undone = this.changes.splice(start);
    for (const { key } of undone) this.states.delete(textOf(key));
    // What earlier calls of the group did to the same keys holds on.
    const keys = new Set(undone.map(({ key }) => textOf(key)));
    for (const change of this.changes) {
      const text = textOf(change.key);
      if (keys.has(text)) this.states.set(text, stateAfter(change));
    }
  }

  private async apply(operation: WriteOperation): Promise<void> {
    switch (operation.type) {
      case 'create':
        return this.create(operation);
      case 'update':
        return this.replace(operation);
      default:
        return this.remove(operation);
    }
  }

  private async create(operation: WriteOperation & { type: 'create' }): Promise<void> {
    const { key, draft } = this.numbered(operation);
    assertKey(key);
    assertDraftJson(draft.json, key);
    if (operation.number) await this.load([key]);
    if (this.stateOf(key)) throw alreadyExists(key);
    this.record('ADDED', key, draft);
  }

  private numbered({ key, draft, number }: WriteOperation & { type: 'create' }): {
    key: ObjectKey;
    draft: ObjectDraft;
  } {
    if (!number) return { key, draft };
    const value = (this.counters.get(number.counter) ?? this.foundCounters.get(number.counter) ?? 0) + 1;
    this.counters.set(number.counter, value);
    return number.assign(value);
  }

  private replace({ key, draft, expectedRevision }: WriteOperation & { type: 'update' }): void {
    assertDraftJson(draft.json, key);
    const before = this.expected(key, expectedRevision);
    if (before.uid !== draft.uid) throw keepsUid(key, before.uid);
    this.record('MODIFIED', key, draft, before);
  }

  private remove({ key, expectedRevision }: WriteOperation & { type: 'delete' }): void {
    const before = this.expected(key, expectedRevision);
    this.record('DELETED', key, before, before);
  }

  private expected(key: ObjectKey, revision: number): ObjectState {
    const state = this.stateOf(key);
    if (!state) throw notFound(key);
    // A state that the group made itself has a revision nobody outside can know yet.
    if (state.revision === revision) return state;
    throw moved(key, state.revision, revision);
  }

  private stateOf(key: ObjectKey): ObjectState | undefined {
    const text = textOf(key);
    return this.states.has(text) ? this.states.get(text) : this.found.get(text);
  }

  private record(
    type: Change['type'],
    key: ObjectKey,
    { uid, json, labels }: Pick<ObjectState, 'uid' | 'json' | 'labels'>,
    before?: ObjectState,
  ): void {
    const offset = this.changes.length + 1;
    const change: Change = { type, key, offset, after: { uid, json, offset, labels }, before };
    this.changes.push(change);
    this.states.set(textOf(key), stateAfter(change));
  }
}

/** The labels of a state, wherever they are kept. */
export function labelsOf({ labels, json }: ObjectState): Readonly<Record<string, string>> {
  if (labels) return labels;
  const { metadata } = JSON.parse(json) as { metadata: { labels?: Record<string, string> } };
  return metadata.labels ?? {};
}

/** The revision of a state, once the group's base is known. */
export function revisionOf({ revision, offset }: ObjectState, base: number): number {
  return revision ?? base + offset!;
}

function stateAfter({ type, after }: Change): ObjectState | undefined {
  return type === 'DELETED' ? undefined : after;
}

function eventOf({ type, key, after, before }: Change, base: number): StoreEvent {
  const stored = (state: ObjectState) =>
    storedObject(key, { uid: state.uid, json: state.json, revision: revisionOf(state, base) });
  const event: StoreEvent = { type, revision: base + after.offset!, object: stored(after) };
  return before ? { ...event, previous: stored(before) } : event;
}

/** What the writer is told of an event. */
export function resultOf({ revision, object }: StoreEvent): WriteResult {
  return { revision, object };
}

function textOf({ group, resource, namespace, name }: ObjectKey): string {
  return `${group} ${resource} ${namespace} ${name}`;
}
