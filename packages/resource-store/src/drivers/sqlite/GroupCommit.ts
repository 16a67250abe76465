import { clearImmediate, setImmediate } from 'node:timers';
import type { Database } from 'better-sqlite3';
import { moments } from '../../moments';
import {
  Expectation,
  StoreError,
  StoreEvent,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from '../../ResourceStore';
import { TimeSlice } from '../../TimeSlice';
import { ObjectWriter } from './ObjectWriter';
import { unavailable } from './unavailable';

interface Call {
  operations: readonly WriteOperation[];
  expects: readonly Expectation[];
  note: WriteOptions['note'];
  resolve(results: WriteResult[]): void;
  reject(error: unknown): void;
}

type Outcome = { call: Call; events: StoreEvent[] } | { call: Call; error: unknown };

/**
 * Lets the writes of one turn of the event loop share one transaction, hence one fsync: while the disk works the loop
 * stands still, requests pile up, and the next turn commits them together. The busier the store, the larger the groups.
 *
 * Each call is a savepoint: it holds or is undone as a whole and never takes a neighbour down. Only a failure of the
 * transaction itself (a full or broken disk) fails every call in it, and then nothing of any of them is in the file.
 */
export class GroupCommit {
  private waiting: Call[] = [];
  private scheduled?: NodeJS.Immediate;
  private readonly begin;
  private readonly commit;
  private readonly rollback;
  private readonly savepoint;
  private readonly release;
  private readonly undo;
  private readonly readRevision;
  private readonly writeRevision;

  /** `publish` receives what was committed, in revision order, before the writers are told. */
  constructor(
    private readonly db: Database,
    private readonly writer: ObjectWriter,
    private readonly publish: (events: StoreEvent[]) => void,
    private readonly sliceMs: number,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.rollback = db.prepare('ROLLBACK');
    this.savepoint = db.prepare('SAVEPOINT call');
    this.release = db.prepare('RELEASE call');
    this.undo = db.prepare('ROLLBACK TO call');
    this.readRevision = db.prepare<[], number>('SELECT revision FROM store').pluck();
    this.writeRevision = db.prepare('UPDATE store SET revision = ?');
  }

  /** Resolves when the operations are on disk. */
  write(
    operations: readonly WriteOperation[],
    { expects = [], note }: Omit<WriteOptions, 'fence'> = {},
  ): Promise<WriteResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ operations, expects, note, resolve, reject });
      this.schedule();
    });
  }

  /** Commits what was accepted so far, now. */
  drain(): void {
    if (this.scheduled) clearImmediate(this.scheduled);
    this.scheduled = undefined;
    while (this.waiting.length > 0) this.commitGroup();
  }

  private schedule(): void {
    this.scheduled ??= setImmediate(() => {
      this.scheduled = undefined;
      this.commitGroup();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private commitGroup(): void {
    const group = [this.waiting.shift()!];
    let outcomes: Outcome[];
    try {
      outcomes = this.runGroup(group);
    } catch (error) {
      if (this.db.inTransaction) this.rollback.run();
      for (const call of group) call.reject(unavailable(error, 'The write was not stored'));
      return;
    }
    this.publish(outcomes.flatMap(outcome => ('events' in outcome ? outcome.events : [])));
    moments.beforeReply.publish(outcomes.length);
    for (const outcome of outcomes) settle(outcome);
  }

  /** Adds every further call it takes to `group`, so that all of them are answered when the transaction fails. */
  private runGroup(group: Call[]): Outcome[] {
    const slice = new TimeSlice(this.sliceMs);
    const outcomes: Outcome[] = [];
    this.begin.run();
    const start = this.readRevision.get()!;
    let revision = start;
    for (let call: Call | undefined = group[0]; call; call = this.takeNext(group, slice)) {
      const outcome = this.runCall(call, revision, outcomes.length === 0);
      if ('events' in outcome) revision += outcome.events.length;
      outcomes.push(outcome);
    }
    // Late on purpose: in the order of things the counter is the last word of a transaction.
    if (revision > start) this.writeRevision.run(revision);
    moments.beforeCommit.publish(revision);
    this.commit.run();
    moments.afterCommit.publish(revision);
    return outcomes;
  }

  private takeNext(group: Call[], slice: TimeSlice): Call | undefined {
    const call = slice.spent() ? undefined : this.waiting.shift();
    if (call) group.push(call);
    return call;
  }

  /** The first call of a transaction needs no savepoint: what it has to undo is all there is. */
  private runCall(call: Call, revision: number, first: boolean): Outcome {
    if (!first) this.savepoint.run();
    try {
      call.expects.forEach(({ key, revision: expected }) => this.writer.expect(key, expected));
      const events = call.operations.map((operation, index) =>
        this.writer.apply(operation, revision + index + 1),
      );
      this.keepNote(call, events);
      if (!first) this.release.run();
      return { call, events };
    } catch (error) {
      // Some disk errors end the whole transaction; then there is no savepoint to go back to.
      if (!this.db.inTransaction) throw error;
      this.undoCall(first);
      return { call, error };
    }
  }

  private undoCall(first: boolean): void {
    if (first) {
      this.rollback.run();
      this.begin.run();
      return;
    }
    this.undo.run();
    this.release.run();
  }

  private keepNote({ note }: Call, events: readonly StoreEvent[]): void {
    const text = note?.(events.map(resultOf));
    if (text !== undefined) this.writer.keepNote({ revision: events.at(-1)!.revision, text });
  }
}

function resultOf({ revision, object }: StoreEvent): WriteResult {
  return { revision, object };
}

function settle(outcome: Outcome): void {
  if ('events' in outcome) {
    outcome.call.resolve(outcome.events.map(resultOf));
    return;
  }
  const { call, error } = outcome;
  call.reject(error instanceof StoreError ? error : unavailable(error, 'The write was not stored'));
}
