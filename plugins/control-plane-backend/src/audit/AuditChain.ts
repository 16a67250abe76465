import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { Note } from '@krate/resource-store';
import { AuditRow, ChainRow, hashOf, NewRow } from './auditRows';

/** How many entries one transaction takes at most. */
const BATCH = 200;
const PAGE = 1000;

interface Waiting {
  row: NewRow;
  resolve(): void;
  reject(error: unknown): void;
}

/** What {@link AuditChain.verify} found. */
export type Verification =
  | {
      ok: true;
      /** Events whose hashes were recomputed. */
      events: number;
      /** `<id>:<hash>` of the newest: note it elsewhere, and give it as the anchor of a later verification. */
      head: string;
      /** Events from before there was a chain, which nothing vouches for. */
      unchained: number;
      /** Up to which event retention removed the beginning, and when. */
      prunedTo?: number;
      prunedAt?: string;
    }
  | { ok: false; brokenAt: number; reason: string };

/**
 * The rows of the audit trail as a chain of hashes: who alters, inserts or removes one breaks every hash after it. Ids have
 * no gaps. Entries of one process that arrive together are written together; several processes take turns on one row.
 */
export class AuditChain {
  private waiting: Waiting[] = [];
  private writing?: Promise<void>;

  constructor(private readonly knex: Knex) {}

  /** Resolves once the row is on disk. */
  append(row: NewRow): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ row, resolve, reject });
      this.writing ??= this.drain();
    });
  }

  /**
   * Adds the rows of notes, without those that were taken before, and remembers the last. `read` is asked once nobody else
   * can take any. Answers the rows that are new, and up to which note all are taken.
   */
  async takeNotes(
    read: () => Promise<Note[]>,
    rowsIn: (note: Note) => NewRow[],
  ): Promise<{ rows: NewRow[]; upTo: number }> {
    return this.knex.transaction(async trx => {
      const chain = await lockedChain(trx);
      const notes = await read();
      // What was taken and not dropped is the beginning, since notes are taken in their order.
      const known = notes.findIndex(note => markOf(note) === chain.noted);
      const fresh = notes.slice(known + 1);
      const rows = fresh.flatMap(rowsIn);
      const last = fresh.at(-1);
      if (last) await this.link(trx, chain, rows, { noted: markOf(last) });
      return { rows, upTo: notes.at(-1)?.revision ?? 0 };
    });
  }

  /** Removes the rows from before a time, from the beginning on, and keeps the rest verifiable. Returns how many. */
  async prune(before: Date, now: Date): Promise<number> {
    return this.knex.transaction(async trx => {
      const chain = await lockedChain(trx);
      const kept = await events(trx).where('time', '>=', before.getTime()).min({ id: 'id' }).first();
      const to = kept?.id ? Number(kept.id) - 1 : Number(chain.last_id);
      const last = to > 0 ? await events(trx).where({ id: to }).first() : undefined;
      if (!last) return 0;
      const removed = await events(trx).where('id', '<=', to).delete();
      const hash = last.hash ?? chain.pruned_hash;
      await trx<ChainRow>('krate_audit_chain')
        .where({ id: 1 })
        .update({ pruned_id: to, pruned_hash: hash, pruned_at: now.getTime() });
      return removed;
    });
  }

  /**
   * Recomputes every hash. The recorded end lies in the same database, so whoever cuts events off its end and sets that back
   * is found only by an anchor: the head of an earlier verification, noted elsewhere, which no rewriting can be made to fit.
   */
  async verify(anchor?: { id: number; hash: string }): Promise<Verification> {
    const chain = (await this.knex<ChainRow>('krate_audit_chain').where({ id: 1 }).first())!;
    const head = Number(chain.last_id);
    const begin = Math.max(Number(chain.start_id), Number(chain.pruned_id));
    const anchored = anchor && (await this.anchorFault(anchor, chain));
    if (anchored) return { ok: false, brokenAt: anchor.id, reason: anchored };

    let previous = chain.pruned_hash;
    let id = begin;
    while (id < head) {
      const rows = await events(this.knex)
        .where('id', '>', id)
        .andWhere('id', '<=', head)
        .orderBy('id')
        .limit(PAGE);
      for (const row of rows) {
        const fault = faultOf(row, { id: id + 1, previous });
        if (fault) return { ok: false, brokenAt: id + 1, reason: fault };
        previous = row.hash!;
        id += 1;
      }
      if (rows.length === 0) return { ok: false, brokenAt: id + 1, reason: 'the newest events are missing' };
    }
    if (previous !== chain.hash)
      return { ok: false, brokenAt: head, reason: 'the newest event is not the one that was recorded last' };
    const added = await this.addedBehind();
    if (added) return { ok: false, brokenAt: added, reason: 'an event was added that nobody recorded' };
    const unchained = await events(this.knex).where('id', '<=', Number(chain.start_id)).count({ count: '*' });
    return {
      ok: true,
      events: head - begin,
      head: `${head}:${previous}`,
      unchained: Number(unchained[0].count),
      ...(chain.pruned_at
        ? { prunedTo: Number(chain.pruned_id), prunedAt: new Date(Number(chain.pruned_at)).toISOString() }
        : {}),
    };
  }

  /** The first event behind the recorded end. Asked in one statement, since events are recorded meanwhile. */
  private async addedBehind(): Promise<number | undefined> {
    const end = this.knex<ChainRow>('krate_audit_chain').where({ id: 1 }).select('last_id');
    const first = await events(this.knex).where('id', '>', end).min({ id: 'id' }).first();
    return first?.id ? Number(first.id) : undefined;
  }

  private async anchorFault({ id, hash }: { id: number; hash: string }, chain: ChainRow) {
    if (id === Number(chain.pruned_id))
      return hash === chain.pruned_hash ? undefined : 'the anchor is not what retention removed last';
    if (id < Number(chain.pruned_id)) return 'the anchor is older than what retention kept; use a newer one';
    const row = await events(this.knex).where({ id }).first();
    return row?.hash === hash ? undefined : 'the event of the anchor is missing, or is not what it was';
  }

  private async drain(): Promise<void> {
    // One turn later, so that entries of the same moment share a transaction.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        await this.write(batch.map(({ row }) => row));
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.writing = undefined;
  }

  private async write(rows: readonly NewRow[]): Promise<void> {
    await this.knex.transaction(async trx => {
      await this.link(trx, await lockedChain(trx), rows, {});
    });
  }

  /** Adds rows behind the last one. */
  private async link(
    trx: Knex.Transaction,
    chain: ChainRow,
    rows: readonly NewRow[],
    also: Pick<Partial<ChainRow>, 'noted'>,
  ): Promise<void> {
    let { hash } = chain;
    let id = Number(chain.last_id);
    const linked = rows.map(row => {
      id += 1;
      hash = hashOf(hash, { ...row, id });
      return { ...row, id, hash };
    });
    await trx.batchInsert('krate_audit_event', linked, 50);
    await trx<ChainRow>('krate_audit_chain')
      .where({ id: 1 })
      .update({ last_id: id, hash, ...also });
  }
}

/** Tells a note from every other, also from one of the same revision in a store that was restored. */
function markOf({ revision, text }: Note): string {
  return `${revision} ${createHash('sha256').update(text).digest('hex')}`;
}

function faultOf(row: AuditRow, expected: { id: number; previous: string }): string | undefined {
  if (Number(row.id) !== expected.id) return 'an event is missing';
  if (row.hash !== hashOf(expected.previous, row)) return 'an event is not what was recorded';
  return undefined;
}

function events(knex: Knex) {
  return knex<AuditRow>('krate_audit_event');
}

/** SQLite has one writer at a time anyway, and ignores the lock. */
async function lockedChain(trx: Knex.Transaction): Promise<ChainRow> {
  // Written before it is read: a reader that turns writer later would be refused by SQLite when another was faster.
  await trx<ChainRow>('krate_audit_chain').where({ id: 1 }).update({ id: 1 });
  return (await trx<ChainRow>('krate_audit_chain').where({ id: 1 }).forUpdate().first())!;
}
