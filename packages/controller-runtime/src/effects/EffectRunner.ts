import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, systemClock } from '../Clock';
import { Effect, EffectIntent, EffectState, TerminalError } from '../defineReconciler';
import { moments } from '../moments';
import { PAUSE_MS } from '../pause';
import { EffectRetention, OwnerPresence } from './EffectRetention';
import {
  EffectDraft,
  EffectOwner,
  EffectRecord,
  EffectStore,
  effectStateOf,
  FinishedEffect,
} from './EffectStore';
import { draftOf, generationKey } from './intents';
import { RunningEffect } from './RunningEffect';
import { EffectPool } from './EffectPool';

/*
 * Work on the outside world, once per intent whatever crashes.
 *
 * The durable steps, in this order, and what a crash after each of them leaves for the next start:
 *
 *   1. record    the intent is inserted as Pending before anything is done.    Pending: observed, found absent, performed.
 *                A crash before it: the owner's next reconcile states the intent again.
 *   2. observe   asks the outside world; writes nothing.                       As after 1.
 *   3. begin     Running, attempts + 1.                                        Running: observed, found absent, performed.
 *   4. perform   the act itself; may report progress, each report durable.     Running: observed. `done` is stored as the
 *                                                                              outcome and the act is not repeated;
 *                                                                              `running` is taken up through perform.
 *   5. finish    outcome stored; from here on the record never changes.        Finished: the owner sees it at its next
 *                                                                              reconcile, and every object is reconciled
 *                                                                              after a start.
 *   6. wake      the owner is reconciled. A hint, safe to lose.
 *
 * So `perform` runs at least once and the outcome is stored once. The window that matters is between 4 and 5: it is
 * closed by `observe`, which has to recognise the finished act by the id it left behind. Effects and the owner's status may
 * live in different databases; nothing here needs a transaction over both.
 *
 * A failure goes back to Pending with a time before which it is not tried again (1 s doubling to 5 min, with jitter), until
 * `maxAttempts` failures or an error that says retrying is useless. A failing `observe` counts like a failing `perform`:
 * without an observation nothing is performed. When the outcome itself cannot be stored, storing is retried, not the act.
 *
 * Cancelling is durable too. What never started is Cancelled at once; what runs is aborted and becomes Cancelled when it
 * has let go, or Succeeded if it was done by then; what a crash orphaned is observed and, if still running outside,
 * performed with an aborted signal so that its adapter can end it.
 *
 * An effect of an earlier generation is superseded: it is cancelled when its owner was reconciled at a later one, and the
 * later one of the same name waits until it has ended. Effects with a key of their own are independent of both.
 *
 * Stopping the process aborts what runs with the reason `shutdown` and leaves Pending and Running records as they are.
 */

export interface EffectRunnerOptions {
  store: EffectStore;
  effects: readonly Effect[];
  logger: LoggerService;
  /** Called when an effect of this owner started, progressed or ended. */
  wake(owner: EffectOwner): void;
  /** Whether nothing may begin in a namespace for now; its effects wait. */
  paused?(namespace: string | undefined): boolean;
  /** Throws `LeaseLostError` when another process may be performing by now; asked before each act. */
  assertHeld?(): void;
  clock?: Clock;
  random?: () => number;
  /** Milliseconds that `stop` waits for effects that ignore their signal. Default 10 000. */
  stopTimeout?: number;
}

export class EffectRunner {
  private readonly pools = new Map<string, EffectPool>();
  private readonly live = new Map<string, RunningEffect>();
  private readonly ended: Record<string, number> = { Succeeded: 0, Failed: 0, Cancelled: 0 };
  /** Recorded ids by owner uid, so that what is known costs no statement. Only this process writes them. */
  private readonly known = new Map<string, Set<string>>();
  /** By owner uid and effect name, the ids that were wanted when last one of that name was. */
  private readonly wanted = new Map<string, Map<string, Set<string>>>();
  private retention?: EffectRetention;
  private readonly clock: Clock;
  private stopping = false;

  constructor(private readonly options: EffectRunnerOptions) {
    this.clock = options.clock ?? systemClock;
    for (const effect of options.effects) {
      if (this.pools.has(effect.name)) throw new Error(`The effect ${effect.name} is registered twice`);
      this.pools.set(effect.name, new EffectPool(effect.concurrency ?? 4, this.clock));
    }
  }

  /** Takes up every unfinished effect of earlier processes. */
  async start(presenceOf: (owner: EffectOwner) => OwnerPresence): Promise<void> {
    this.retention = this.retentionFor(presenceOf);
    await this.loadKnown(this.retention);
    for (const record of await this.options.store.unfinished()) {
      const presence = presenceOf(record.owner);
      if (presence === 'unknown' || !this.pools.has(record.name)) {
        this.options.logger.warn(
          `Effect ${record.id} waits: nothing installed performs it or knows its owner`,
        );
        continue;
      }
      const gone = presence === 'gone';
      if (gone) await this.options.store.requestCancel(record.id);
      this.launch({ ...record, cancelRequested: record.cancelRequested || gone });
    }
    this.retention.begin();
  }

  /** Lets go of everything that runs and resolves when it has, or after the stop timeout. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const pool of this.pools.values()) pool.stop();
    await this.retention?.stop();
    const running = [...this.live.values()].map(effect => effect.letGo());
    let timer;
    const timeout = new Promise<'late'>(resolve => {
      timer = this.clock.after(this.options.stopTimeout ?? 10_000, () => resolve('late'));
    });
    const end = await Promise.race([Promise.all(running), timeout]);
    timer!.cancel();
    if (end === 'late')
      this.options.logger.warn('Some effects ignored their abort signal and were left running');
  }

  /** Refuses intents for effects nobody registered. */
  check(intents: readonly EffectIntent[] = []): void {
    const unknown = intents.find(intent => !this.pools.has(intent.name));
    if (unknown) throw new TerminalError(`No effect named ${unknown.name} is registered`);
  }

  /** Records what is new, cancels what is superseded or asked to end, and lets the new ones start. */
  async record(owner: EffectOwner, generation: number, intents: readonly EffectIntent[] = []): Promise<void> {
    this.check(intents);
    const known = this.known.get(owner.uid) ?? new Set();
    if (intents.length === 0 && known.size === 0) return;
    const drafts = intents.map(intent => ({ intent, draft: draftOf(owner, generation, intent) }));
    const wanted = drafts.filter(({ intent }) => !intent.cancel).map(({ draft }) => draft);
    this.remember(owner.uid, wanted);
    const unseen = wanted.filter(draft => !known.has(draft.id));
    const added = await this.options.store.insert(unseen, this.clock.now());
    if (added.length > 0) moments.recorded.publish(owner);
    for (const { id } of unseen) known.add(id);
    this.known.set(owner.uid, known);

    const cancelled = new Set(drafts.filter(({ intent }) => intent.cancel).map(({ draft }) => draft.id));
    for (const effect of this.liveOf(owner.uid)) {
      const { id, keyed, key } = effect.record;
      const superseded = !keyed && key !== generationKey(generation);
      if (superseded || cancelled.has(id)) await this.cancel(effect);
    }
    for (const record of added) this.launch(record);
  }

  /** By effect id as reconcilers use it: `name` for the generation's own, `name/key` where a key was given. */
  async statesOf(uid: string, generation: number): Promise<Record<string, EffectState>> {
    if (!this.known.has(uid)) return {};
    const current = generationKey(generation);
    const records = (await this.options.store.ofOwner(uid)).filter(
      record => record.keyed || record.key === current,
    );
    return Object.fromEntries(
      records.map(record => [
        record.keyed ? `${record.name}/${record.key}` : record.name,
        effectStateOf(record),
      ]),
    );
  }

  /** Cancels what an object left behind when it went away. */
  async ownerGone(uid: string): Promise<void> {
    this.wanted.delete(uid);
    for (const effect of this.liveOf(uid)) await this.cancel(effect);
  }

  /** How many effects wait and run now, and how many ended since the start. */
  counts(): Record<EffectState['state'], number> {
    const running = [...this.live.values()].filter(effect => effect.isRunning).length;
    const { Succeeded, Failed, Cancelled } = this.ended;
    return { Pending: this.live.size - running, Running: running, Succeeded, Failed, Cancelled };
  }

  private async loadKnown(retention: EffectRetention): Promise<void> {
    const owners = new Map<string, EffectOwner>();
    for (const { id, owner } of await this.options.store.index()) {
      owners.set(owner.uid, owner);
      const ids = this.known.get(owner.uid) ?? new Set();
      this.known.set(owner.uid, ids.add(id));
    }
    await retention.forgetGone(owners.values());
  }

  private remember(uid: string, wanted: readonly EffectDraft[]): void {
    if (wanted.length === 0) return;
    const names = this.wanted.get(uid) ?? new Map<string, Set<string>>();
    this.wanted.set(uid, names);
    for (const name of new Set(wanted.map(draft => draft.name))) {
      names.set(name, new Set(wanted.filter(draft => draft.name === name).map(({ id }) => id)));
    }
  }

  private retentionFor(presenceOf: (owner: EffectOwner) => OwnerPresence): EffectRetention {
    const { store, logger } = this.options;
    const knowledge = {
      presenceOf,
      mayBeWanted: ({ ownerUid, name, id }: FinishedEffect) =>
        this.wanted.get(ownerUid)?.get(name)?.has(id) ?? true,
      forgotten: (effects: readonly FinishedEffect[]) =>
        effects.forEach(({ ownerUid, id }) => this.known.get(ownerUid)?.delete(id)),
    };
    return new EffectRetention({ store, knowledge, clock: this.clock, logger });
  }

  private liveOf(uid: string): RunningEffect[] {
    return [...this.live.values()].filter(effect => effect.record.owner.uid === uid);
  }

  private async cancel(effect: RunningEffect): Promise<void> {
    if (effect.record.cancelRequested) return;
    await this.options.store.requestCancel(effect.record.id);
    effect.cancel();
    // A cancelled effect that waits for its turn or its retry has nothing to wait for.
    this.pools.get(effect.record.name)!.hurry(effect);
  }

  private launch(record: EffectRecord): void {
    if (this.stopping || this.live.has(record.id)) return;
    const { store, logger, wake, effects, random, assertHeld } = this.options;
    const effect = new RunningEffect(record, {
      effect: effects.find(candidate => candidate.name === record.name)!,
      store,
      logger,
      clock: this.clock,
      random,
      assertHeld,
      wake: () => wake(record.owner),
    });
    this.live.set(record.id, effect);
    this.enqueue(effect);
  }

  /** Only what has not begun can wait: what a crash orphaned has to be looked after, and what is cancelled has to end. */
  private isPaused({ owner, cancelRequested, attempts, failures }: EffectRecord): boolean {
    const begun = attempts > failures;
    return !begun && !cancelRequested && Boolean(this.options.paused?.(owner.namespace));
  }

  private enqueue(effect: RunningEffect): void {
    this.pools.get(effect.record.name)!.add(effect, async () => {
      if (this.isPaused(effect.record)) {
        effect.record.nextAt = this.clock.now() + PAUSE_MS;
        this.enqueue(effect);
        return;
      }
      const ended = await effect.attempt();
      if (ended === 'left') return;
      if (ended === 'again') {
        this.enqueue(effect);
        return;
      }
      this.live.delete(effect.record.id);
      this.ended[ended] += 1;
    });
  }
}
