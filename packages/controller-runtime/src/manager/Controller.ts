import { LoggerService } from '@backstage/backend-plugin-api';
import { cloneJson, ApiError, Kind, Resource, ResourceOf, sameJson } from '@krate/resource-model';
import { Clock } from '../Clock';
import { EffectState, Reconciler, Result, TerminalError } from '../defineReconciler';
import { EffectRunner } from '../effects/EffectRunner';
import { keyOf } from '../objectKeys';
import { PAUSE_MS } from '../pause';
import { WorkQueue } from '../queue/WorkQueue';
import { ResourceClient } from '../ResourceClient';
import { ChildWriter } from './ChildWriter';
import { EventRecorder } from './EventRecorder';
import { gather, Sources } from './gather';
import { mergeStatus } from './mergeStatus';
import { OwnWrites } from './OwnWrites';

/*
 * One reconciler at work. For each key: wait until the caches include what this process last wrote for the object, read
 * what was declared, ask the pure function, write the difference.
 *
 * The parts of a result are written in this order: effect intents, children, removals, status, events. Every part is
 * idempotent, so a crash in between is repaired by the next call. Status comes after the work it reports, so that
 * `observedGeneration` never runs ahead of it; events come last, since a conflict on the status repeats the call and
 * would count them twice.
 */

/** Counters since the start, and the state of the queue now. */
export interface ReconcilerMetrics {
  reconciles: number;
  errors: number;
  conflicts: number;
  terminalErrors: number;
  statusWrites: number;
  queued: number;
  delayed: number;
  running: number;
}

export interface ControllerOptions {
  reconciler: Reconciler;
  client: ResourceClient;
  sources: Sources;
  effects: EffectRunner;
  events: EventRecorder;
  writes: OwnWrites;
  logger: LoggerService;
  clock: Clock;
  concurrency: number;
  random?: () => number;
  /** Whether nothing may begin in a namespace for now; its objects are looked at again later. */
  paused?(namespace: string | undefined): boolean;
}

type Outcome = Result<any> & { done?: boolean };

export class Controller {
  readonly queue: WorkQueue;
  private readonly children: ChildWriter;
  private readonly kind: Kind;
  private readonly counters = { reconciles: 0, errors: 0, conflicts: 0, terminalErrors: 0, statusWrites: 0 };

  constructor(private readonly options: ControllerOptions) {
    const { reconciler, client, sources, clock, concurrency, random, logger } = options;
    this.kind = reconciler.for;
    this.queue = new WorkQueue({
      handle: key => this.process(key),
      onError: (key, error) => logger.error(`Reconciling ${this.kind.kind} ${key} broke`, error as Error),
      concurrency,
      clock,
      backoff: { base: 5, max: 1_000_000, random },
    });
    this.children = new ChildWriter({ client, informers: sources.informers, fieldManager: reconciler.name });
  }

  metrics(): ReconcilerMetrics {
    const { depth, delayedCount, runningCount } = this.queue;
    return { ...this.counters, queued: depth, delayed: delayedCount, running: runningCount };
  }

  /** Forgets what is remembered of a child that is gone. */
  forgetChild(kind: Kind, child: Resource): void {
    this.children.forget(kind, child);
  }

  private get finalizer(): string {
    return `krate.a5c.ai/${this.options.reconciler.name}`;
  }

  private async process(key: string): Promise<void> {
    const object = this.options.sources.informers.cache(this.kind).get(key);
    if (!object) {
      this.queue.forget(key);
      return;
    }
    if (this.isPaused(object)) {
      this.queue.addAfter(key, PAUSE_MS);
      return;
    }
    const catchingUp = this.options.writes.catchingUp(this.id(object));
    if (catchingUp) {
      catchingUp.then(() => this.queue.add(key));
      return;
    }
    try {
      const requeueAfter = await this.handle(object);
      this.queue.forget(key);
      if (requeueAfter !== undefined) this.queue.addAfter(key, requeueAfter * 1000);
    } catch (error) {
      await this.failed(key, object, error);
    }
  }

  /** What is leaving may go on leaving: that begins nothing. */
  private isPaused({ metadata }: Resource): boolean {
    return !metadata.deletionTimestamp && Boolean(this.options.paused?.(metadata.namespace));
  }

  private async handle(cached: Resource): Promise<number | undefined> {
    const { reconciler } = this.options;
    const held = cached.metadata.finalizers?.includes(this.finalizer) ?? false;
    const leaving = cached.metadata.deletionTimestamp !== undefined;
    if (leaving && !(held && reconciler.finalize)) return undefined;

    const object = reconciler.finalize && !held ? await this.hold(cached) : cached;
    const now = new Date(this.options.clock.now());
    this.counters.reconciles += 1;
    const outcome = await this.ask(object, now, leaving);
    await this.write(object, outcome, now);
    return outcome.requeueAfter;
  }

  private async ask(object: Resource, now: Date, leaving: boolean): Promise<Outcome> {
    const { reconciler, effects, sources } = this.options;
    const { uid, generation } = object.metadata;
    const states: Record<string, EffectState> = await effects.statesOf(uid, generation);
    const reads = await gather(reconciler, object, sources);
    const ctx = { ...reads, now, effects: states };
    const typed = object as ResourceOf<Kind>;
    const outcome = leaving ? reconciler.finalize!(ctx, typed) : reconciler.reconcile(ctx, typed);
    this.checkOwnership(outcome);
    return outcome;
  }

  private async write(object: Resource, outcome: Outcome, now: Date): Promise<void> {
    const { effects, events, reconciler } = this.options;
    const { name, namespace, uid, generation } = object.metadata;
    const owner = { kind: this.kind.kind, namespace, name, uid };
    const wrote = (kind: Kind, written: Resource) => this.note(object, kind, written);
    await effects.record(owner, generation, outcome.effects);
    // Deleted meanwhile: the deletion found nothing to cancel of what was recorded just now.
    if (this.cached(object)?.metadata.uid !== uid) await effects.ownerGone(uid);
    for (const application of outcome.apply ?? []) await this.children.apply(object, application, wrote);
    for (const removal of outcome.remove ?? []) await this.children.remove(object, removal);
    const written = await this.writeStatus(object, outcome, now);
    for (const event of outcome.events ?? []) await events.record(object, reconciler.name, event);
    if (outcome.done) await this.release(written);
  }

  private async writeStatus(object: Resource, outcome: Outcome, now: Date): Promise<Resource> {
    // An object about to vanish needs no note that it was seen.
    if (outcome.done && !outcome.status && !outcome.conditions) return object;
    const status = mergeStatus(object, outcome, { now, flat: this.kind.flat });
    if (sameJson(status, object.status ?? {})) return object;
    const next = { ...cloneJson(object), status: cloneJson(status) } as ResourceOf<Kind>;
    const written: Resource = await this.unlessMoved(this.options.client.updateStatus(this.kind, next));
    this.counters.statusWrites += 1;
    this.note(object, this.kind, written);
    return written;
  }

  /** Makes deletion wait for `finalize`, before anything exists that would need it. */
  private hold(object: Resource): Promise<Resource> {
    return this.writeFinalizers(object, [...(object.metadata.finalizers ?? []), this.finalizer]);
  }

  private release(object: Resource): Promise<Resource> {
    return this.writeFinalizers(
      object,
      (object.metadata.finalizers ?? []).filter(name => name !== this.finalizer),
    );
  }

  private async writeFinalizers(object: Resource, finalizers: string[]): Promise<Resource> {
    const copy = cloneJson(object) as ResourceOf<Kind>;
    copy.metadata.finalizers = finalizers;
    const written: Resource = await this.unlessMoved(this.options.client.update(this.kind, copy));
    this.note(object, this.kind, written);
    return written;
  }

  /** An object that vanished under a write is as unremarkable as one that moved. */
  private async unlessMoved<T>(write: Promise<T>): Promise<T> {
    try {
      return await write;
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound')
        throw new ApiError('Conflict', error.message);
      throw error;
    }
  }

  private checkOwnership(outcome: Outcome): void {
    const { owns, name } = this.options.reconciler;
    if (!owns) return;
    const foreign = outcome.conditions?.find(({ type }) => !owns.includes(type));
    if (foreign)
      throw new TerminalError(`Reconciler ${name} sets the condition ${foreign.type}, which it does not own`);
  }

  private async failed(key: string, object: Resource, thrown: unknown): Promise<void> {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (error instanceof ApiError && error.reason === 'Conflict') {
      // Somebody wrote in between; the next look at the object is all it takes.
      this.counters.conflicts += 1;
      this.queue.retry(key);
      return;
    }
    const { events, logger, reconciler } = this.options;
    const terminal = error instanceof TerminalError;
    this.counters[terminal ? 'terminalErrors' : 'errors'] += 1;
    logger.warn(
      `Reconciler ${reconciler.name} failed for ${this.kind.kind} ${key}: ${error.stack ?? error.message}`,
    );
    if (terminal) this.queue.forget(key);
    else this.queue.retry(key);
    await events.record(object, reconciler.name, {
      type: 'Warning',
      reason: 'ReconcileFailed',
      message: error.message,
    });
  }

  private cached(object: Resource): Resource | undefined {
    return this.options.sources.informers.cache(this.kind).get(keyOf(object.metadata));
  }

  private note(object: Resource, kind: Kind, written: Resource): void {
    this.options.writes.note(this.id(object), kind, written);
  }

  private id(object: Resource): string {
    return `${this.kind.resource} ${keyOf(object.metadata)}`;
  }
}
