import { moments } from '../../moments';
import { StoreError, StoreEvent, WriteOperation, WriteOptions, WriteResult } from '../../ResourceStore';
import { applyGroup, keyRow, needsLock } from './applyGroup';
import { commit, Connections } from './Connections';
import { Call, CommittedState, GroupPlan, resultOf } from './GroupPlan';
import { Session } from './Session';
import { unavailable } from './unavailable';
import { SELECT_COUNTERS, SELECT_OBJECTS } from './writeSql';

/** What one transaction takes at most, unless a single call is larger. */
const GROUP_OPERATIONS = 500;
const GROUP_CHARACTERS = 4 * 1024 * 1024;

/**
 * What new objects begin with. It is not read but taken for granted, which saves a round trip: where it is wrong the insert
 * finds out, and the group is worked out again from what is there.
 */
const NOTHING_THERE: CommittedState = { objects: async () => [], counters: async () => new Map() };

interface Group {
  plan: GroupPlan;
  /** The revision before the group's first. */
  base: number;
}

/**
 * The only writer of a process. While one transaction is under way calls pile up, and the next one takes them together: the
 * busier the store, the larger the groups, so one commit serves many.
 *
 * The revision counter is one row that every writer of every process must update, and whoever updated it holds it until
 * its commit: that makes commit order equal revision order. So it is taken as late as possible. First the group is worked out
 * from an ordinary read; then the counter is taken and everything is written in one statement that names the states it was
 * worked out from. Had somebody else changed one of them, it is rolled back and done again with the counter taken first.
 */
export class GroupCommit {
  private waiting: Call[] = [];
  private running?: Promise<void>;

  constructor(
    private readonly options: {
      connections: Connections;
      /** Receives what was committed, before the writers are told. Does not reject. */
      publish(events: StoreEvent[]): Promise<void>;
      now(): number;
      /** The channel on which other processes are told. */
      channel: string;
      /** Quoted name of the table of leases. */
      leaseTable: string;
    },
  ) {}

  write(
    operations: readonly WriteOperation[],
    { fence, expects = [], note }: WriteOptions = {},
  ): Promise<WriteResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ operations, fence, expects, note, resolve, reject });
      this.running ??= this.work();
    });
  }

  /** Resolves when every accepted write is answered. */
  async drain(): Promise<void> {
    while (this.running) await this.running;
  }

  private async work(): Promise<void> {
    // Whoever writes in the same turn of the event loop comes along.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.commitGroup(this.takeGroup());
    // At once, without a turn in between in which a write could rely on a loop that has ended.
    this.running = undefined;
  }

  private takeGroup(): Call[] {
    let operations = 0;
    let characters = 0;
    let count = 0;
    for (const call of this.waiting) {
      operations += call.operations.length;
      characters += charactersIn(call);
      if (count > 0 && (operations > GROUP_OPERATIONS || characters > GROUP_CHARACTERS)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commitGroup(calls: Call[]): Promise<void> {
    try {
      const held = await this.withoutStale(calls);
      if (held.length === 0) return;
      const { plan, base } = await this.carryOut(held);
      moments.afterCommit.publish(base);
      const events = plan.events(base);
      await this.options.publish(events);
      moments.beforeReply.publish(events.length);
      settle(plan, events);
    } catch (error) {
      const reason = unavailable(error, 'The write was not stored');
      for (const call of calls) call.reject(reason);
    }
  }

  /** Refuses calls whose lease has passed on already. What passes on meanwhile is found inside the transaction. */
  private async withoutStale(calls: Call[]): Promise<Call[]> {
    if (!calls.some(({ fence }) => fence)) return calls;
    return this.options.connections.use(session => this.refuseStale(session, calls, ''));
  }

  private async refuseStale(session: Session, calls: Call[], locking: '' | 'FOR SHARE'): Promise<Call[]> {
    const names = [...new Set(calls.flatMap(({ fence }) => (fence ? [fence.lease] : [])))];
    if (names.length === 0) return calls;
    const rows = await session.query<{ name: string; epoch: string }>(
      `SELECT name, epoch FROM ${this.options.leaseTable} WHERE name = ANY($1) ORDER BY name ${locking}`,
      [names],
    );
    const epochs = new Map(rows.map(({ name, epoch }) => [name, Number(epoch)]));
    return calls.filter(call => {
      if (!call.fence || epochs.get(call.fence.lease) === call.fence.epoch) return true;
      call.reject(fenced(call.fence.lease));
      return false;
    });
  }

  private async carryOut(calls: Call[]): Promise<Group> {
    const { connections } = this.options;
    const plan = calls.every(onlyCreates)
      ? await GroupPlan.of(calls, NOTHING_THERE)
      : await connections.use(session => GroupPlan.of(calls, committedState(session)));
    if (plan.changes.length === 0) return { plan, base: 0 };
    if (!needsLock(plan, calls)) {
      const base = await this.attempt(plan, calls);
      if (base !== undefined) return { plan, base };
    }
    return this.lockedAttempt(calls);
  }

  /** The revision before the group's first, or undefined when somebody else was faster. */
  private async attempt(plan: GroupPlan, calls: Call[]): Promise<number | undefined> {
    const take = `UPDATE krate_store SET revision = revision + ${plan.changes.length} RETURNING revision`;
    return this.options.connections.transaction<{ revision: string }, number | undefined>(
      'READ WRITE',
      take,
      async (session, [{ revision }]) => {
        const base = Number(revision) - plan.changes.length;
        const held = await this.stillHeld(session, calls);
        if (!held || !(await this.apply(session, plan, base))) return undefined;
        moments.beforeCommit.publish(base);
        await commit(session);
        return base;
      },
    );
  }

  private async lockedAttempt(calls: Call[]): Promise<Group> {
    return this.options.connections.transaction<{ revision: string }, Group>(
      'READ WRITE',
      'SELECT revision FROM krate_store FOR UPDATE',
      async (session, [{ revision }]) => {
        const base = Number(revision);
        const held = await this.refuseStale(session, calls, 'FOR SHARE');
        const plan = await GroupPlan.of(held, committedState(session));
        if (plan.changes.length === 0) return { plan, base };
        if (!(await this.apply(session, plan, base))) {
          throw new Error('The objects changed although nobody else may write');
        }
        await session.query('UPDATE krate_store SET revision = $1', [base + plan.changes.length]);
        moments.beforeCommit.publish(base);
        await commit(session);
        return { plan, base };
      },
    );
  }

  /** Whether every lease is still the writer's; locked, so that none passes on before the commit. */
  private async stillHeld(session: Session, calls: Call[]): Promise<boolean> {
    const fences = calls.flatMap(({ fence }) => (fence ? [fence] : []));
    if (fences.length === 0) return true;
    const rows = await session.query<{ name: string; epoch: string }>(
      `SELECT name, epoch FROM ${this.options.leaseTable} WHERE name = ANY($1) ORDER BY name FOR SHARE`,
      [[...new Set(fences.map(({ lease }) => lease))]],
    );
    const epochs = new Map(rows.map(({ name, epoch }) => [name, Number(epoch)]));
    return fences.every(({ lease, epoch }) => epochs.get(lease) === epoch);
  }

  private apply(session: Session, plan: GroupPlan, base: number): Promise<boolean> {
    return applyGroup(session, plan, { base, at: this.options.now(), channel: this.options.channel });
  }
}

function onlyCreates({ operations, expects }: Call): boolean {
  return expects.length === 0 && operations.every(one => one.type === 'create' && !one.number);
}

function charactersIn({ operations }: Call): number {
  return operations.reduce((sum, one) => sum + (one.type === 'delete' ? 0 : one.draft.json.length), 0);
}

function committedState(session: Session): CommittedState {
  return {
    objects: async keys => {
      const rows = await session.run<{
        grp: string;
        resource: string;
        namespace: string;
        name: string;
        uid: string;
        revision: string;
        json: string;
      }>(SELECT_OBJECTS, [JSON.stringify(keys.map(keyRow))]);
      return rows.map(({ grp, resource, namespace, name, uid, revision, json }) => ({
        key: { group: grp, resource, namespace, name },
        state: { uid, json, revision: Number(revision) },
      }));
    },
    counters: async names => {
      const rows = await session.run<{ name: string; value: string }>(SELECT_COUNTERS, [names]);
      return new Map(rows.map(({ name, value }) => [name, Number(value)]));
    },
  };
}

function fenced(lease: string): StoreError {
  return new StoreError('fenced', `The lease ${lease} has passed to another holder; nothing was written`);
}

/** Answers every call of a committed group. */
function settle(plan: GroupPlan, events: readonly StoreEvent[]): void {
  for (const outcome of plan.outcomes) {
    if ('error' in outcome) {
      outcome.call.reject(outcome.error);
      continue;
    }
    outcome.call.resolve(outcome.changes.map(({ offset }) => resultOf(events[offset - 1])));
  }
}
