import { Knex } from 'knex';
import { EffectKey, EffectState } from '../defineReconciler';
import { whileHeld } from '../leases/DatabaseLeaseStore';
import { LeaseToken } from '../leases/LeaseStore';

/** The object an effect belongs to. */
export type EffectOwner = EffectKey['owner'];

/** An intent as it is first recorded. */
export interface EffectDraft {
  id: string;
  name: string;
  key: string;
  /** The key was given by the reconciler; otherwise it stands for the owner's generation. */
  keyed: boolean;
  owner: EffectOwner;
  input?: unknown;
}

/** One effect as it stands on disk. Times are milliseconds since the epoch. */
export interface EffectRecord extends EffectDraft {
  state: EffectState['state'];
  result?: unknown;
  progress?: unknown;
  error?: EffectState['error'];
  cancelRequested: boolean;
  attempts: number;
  failures: number;
  nextAt: number;
  startedAt?: number;
  finishedAt?: number;
}

/** How an effect ended. */
export interface EffectOutcome {
  state: 'Succeeded' | 'Failed' | 'Cancelled';
  result?: unknown;
  error?: EffectState['error'];
  /** The newest progress, so that none is lost to coalescing. */
  progress?: unknown;
}

/** One that has ended, as it is told apart. */
export interface FinishedEffect {
  id: string;
  name: string;
  ownerUid: string;
}

const TABLE = 'krate_effects';
const UNFINISHED = ['Pending', 'Running'];

/**
 * The durable record of effects. Every method is one statement; a resolved promise means the change is on disk. A
 * finished effect never changes again: each update names the states it may leave.
 *
 * Where several processes share the database every change carries the writer's lease (`token`, which throws once it is lost)
 * and is refused with `LeaseLostError` when that has passed on.
 */
export class EffectStore {
  constructor(
    private readonly knex: Knex,
    private readonly token?: () => LeaseToken,
  ) {}

  /** Records intents that are not there yet and returns only those; the first input of an id stays. */
  async insert(drafts: readonly EffectDraft[], now: number): Promise<EffectRecord[]> {
    if (drafts.length === 0) return [];
    const rows = await this.change(knex =>
      knex(TABLE)
        .insert(drafts.map(draft => toRow(draft, now)))
        .onConflict('id')
        .ignore()
        .returning('*'),
    );
    return rows.map(fromRow);
  }

  async ofOwner(uid: string): Promise<EffectRecord[]> {
    return (await this.knex(TABLE).where({ owner_uid: uid }).orderBy('id')).map(fromRow);
  }

  /** All that are Pending or Running, oldest first. */
  async unfinished(): Promise<EffectRecord[]> {
    return (await this.knex(TABLE).whereIn('state', UNFINISHED).orderBy('created_at')).map(fromRow);
  }

  /** Every id there is, with its owner. */
  async index(): Promise<{ id: string; owner: EffectOwner }[]> {
    const rows = await this.knex(TABLE).select(
      'id',
      'owner_kind',
      'owner_namespace',
      'owner_name',
      'owner_uid',
    );
    return rows.map(row => ({ id: row.id, owner: ownerOf(row) }));
  }

  /** `perform` is about to be called. */
  async begin(id: string, now: number): Promise<void> {
    await this.change(knex =>
      unfinishedRow(knex, id)
        .update({ state: 'Running', started_at: knex.raw('coalesce(started_at, ?)', [now]) })
        .increment('attempts', 1),
    );
  }

  async reportProgress(id: string, progress: unknown): Promise<void> {
    await this.change(knex => unfinishedRow(knex, id).update({ progress: toJson(progress) }));
  }

  /** A failure that is not final: back to Pending until `nextAt`. */
  async postpone(
    id: string,
    failure: { error: EffectState['error']; failures: number; nextAt: number; progress?: unknown },
  ): Promise<void> {
    await this.change(knex =>
      unfinishedRow(knex, id).update({
        state: 'Pending',
        error: toJson(failure.error),
        failures: failure.failures,
        next_at: failure.nextAt,
        ...(failure.progress !== undefined && { progress: toJson(failure.progress) }),
      }),
    );
  }

  async requestCancel(id: string): Promise<void> {
    await this.change(knex => unfinishedRow(knex, id).update({ cancel_requested: true }));
  }

  async finish(id: string, outcome: EffectOutcome, now: number): Promise<void> {
    await this.change(knex =>
      unfinishedRow(knex, id).update({
        state: outcome.state,
        result: toJson(outcome.result),
        error: toJson(outcome.error),
        finished_at: now,
        ...(outcome.progress !== undefined && { progress: toJson(outcome.progress) }),
      }),
    );
  }

  /** Forgets finished effects of one owner that ended before `before`. */
  async deleteFinished(ownerUid: string, before: number): Promise<void> {
    await this.change(knex =>
      knex(TABLE)
        .where({ owner_uid: ownerUid })
        .whereNotIn('state', UNFINISHED)
        .where('finished_at', '<', before)
        .delete(),
    );
  }

  /** Effects that ended before a time, without the newest `keep` of each name of an owner. */
  async surplus({
    finishedBefore,
    keep,
  }: {
    finishedBefore: number;
    keep: number;
  }): Promise<FinishedEffect[]> {
    const ranked = this.knex(TABLE)
      .whereNotIn('state', UNFINISHED)
      .select('id', 'name', 'owner_uid', 'finished_at')
      .rowNumber('place', window => {
        window.partitionBy(['owner_uid', 'name']).orderBy('finished_at', 'desc');
      })
      .as('ranked');
    return this.knex
      .from(ranked)
      .where('place', '>', keep)
      .andWhere('finished_at', '<', finishedBefore)
      .select('id', 'name', { ownerUid: 'owner_uid' });
  }

  /** Deletes the records of finished effects. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.change(knex =>
      knex(TABLE)
        .whereIn('id', [...ids])
        .whereNotIn('state', UNFINISHED)
        .delete(),
    );
  }

  private async change<T>(work: (knex: Knex) => PromiseLike<T>): Promise<T> {
    if (!this.token) return work(this.knex);
    return whileHeld(this.knex, this.token(), async transaction => work(transaction));
  }
}

function unfinishedRow(knex: Knex, id: string) {
  return knex(TABLE).where({ id }).whereIn('state', UNFINISHED);
}

/** The state of an effect as reconcilers see it. */
export function effectStateOf(record: EffectRecord): EffectState {
  const at = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  const state = {
    state: record.state,
    result: record.result,
    progress: record.progress,
    error: record.error,
    attempts: record.attempts,
    startedAt: at(record.startedAt),
    finishedAt: at(record.finishedAt),
  };
  return Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== undefined),
  ) as unknown as EffectState;
}

function toRow(draft: EffectDraft, now: number) {
  return {
    id: draft.id,
    name: draft.name,
    key: draft.key,
    keyed: draft.keyed,
    owner_kind: draft.owner.kind,
    owner_namespace: draft.owner.namespace ?? null,
    owner_name: draft.owner.name,
    owner_uid: draft.owner.uid,
    input: toJson(draft.input),
    state: 'Pending',
    cancel_requested: false,
    attempts: 0,
    failures: 0,
    next_at: now,
    created_at: now,
  };
}

function fromRow(row: Record<string, any>): EffectRecord {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    keyed: Boolean(row.keyed),
    owner: ownerOf(row),
    input: fromJson(row.input),
    state: row.state,
    result: fromJson(row.result),
    progress: fromJson(row.progress),
    error: fromJson(row.error) as EffectState['error'],
    cancelRequested: Boolean(row.cancel_requested),
    attempts: row.attempts,
    failures: row.failures,
    nextAt: Number(row.next_at),
    startedAt: fromMs(row.started_at),
    finishedAt: fromMs(row.finished_at),
  };
}

function ownerOf(row: Record<string, any>): EffectOwner {
  return {
    kind: row.owner_kind,
    ...(row.owner_namespace !== null && { namespace: row.owner_namespace }),
    name: row.owner_name,
    uid: row.owner_uid,
  };
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromJson(text: string | null): unknown {
  return text === null || text === undefined ? undefined : JSON.parse(text);
}

// PostgreSQL answers 64-bit integers as text.
function fromMs(value: string | number | null): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
