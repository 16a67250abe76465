import { LoggerService } from '@backstage/backend-plugin-api';
import { Kind, Resource } from '@krate/resource-model';
import { Clock, systemClock } from '../Clock';
import { Effect, EffectState, Observer, Reconciler } from '../defineReconciler';
import { OwnerPresence } from '../effects/EffectRetention';
import { EffectRunner } from '../effects/EffectRunner';
import { EffectOwner, EffectStore } from '../effects/EffectStore';
import { keyOf } from '../objectKeys';
import { ResourceClient } from '../ResourceClient';
import { checkDeclarations } from './checkDeclarations';
import { Controller, ReconcilerMetrics } from './Controller';
import { EventRecorder } from './EventRecorder';
import { Informers } from './Informers';
import { OwnWrites } from './OwnWrites';
import { wakesOf } from './wakesOf';

export interface ControllerManagerOptions {
  /** Acts as the control plane itself. */
  client: ResourceClient;
  reconcilers: readonly Reconciler[];
  effects?: readonly Effect[];
  observers?: readonly Observer[];
  effectStore: EffectStore;
  logger: LoggerService;
  /**
   * Throws `LeaseLostError` when another process may be acting by now; asked before each act of an effect. Writes are
   * refused by `client` and `effectStore`, which carry the lease. Absent where nobody else could act.
   */
  assertHeld?(): void;
  /**
   * Whether nothing may begin in a namespace for now: its objects are not reconciled, unless they are being deleted, and none
   * of their effects is performed. What runs already goes on. Asked each time; what had to wait follows within seconds.
   */
  paused?(namespace: string | undefined): boolean;
  /** The core Event kind; without it no Kubernetes events are written. */
  eventKind?: Kind;
  /** Objects one reconciler works on at once. Default 8. */
  concurrency?: number;
  clock?: Clock;
  /** A number in [0, 1) for jitter. */
  random?: () => number;
}

/** What the manager does, in numbers. */
export interface ManagerMetrics {
  reconcilers: Record<string, ReconcilerMetrics>;
  /** Pending and Running now; the final states since the start. */
  effects: Record<EffectState['state'], number>;
  /** Cached objects by resource and phase; the phase is empty where a kind has none. */
  objects: Record<string, Record<string, number>>;
}

/** Runs reconcilers: watches what they read, calls them, writes what differs, and performs their effects. */
export class ControllerManager {
  private readonly informers: Informers;
  private readonly effects: EffectRunner;
  private readonly controllers: { reconciler: Reconciler; controller: Controller }[];
  private stopping?: Promise<void>;
  private announceStop!: () => void;
  private readonly stopped = new Promise<void>(resolve => {
    this.announceStop = resolve;
  });

  constructor(private readonly options: ControllerManagerOptions) {
    const {
      client,
      reconcilers,
      logger,
      eventKind,
      effectStore,
      random,
      effects = [],
      observers = [],
    } = options;
    const clock = options.clock ?? systemClock;
    checkDeclarations(reconcilers, observers);
    this.informers = new Informers({ client, logger, clock });
    this.effects = new EffectRunner({
      store: effectStore,
      effects,
      logger,
      clock,
      random,
      assertHeld: options.assertHeld,
      paused: options.paused,
      wake: owner => this.wakeOwner(owner),
    });
    const events = new EventRecorder({ client, eventKind, clock, logger });
    const writes = new OwnWrites(this.informers);
    const sources = { informers: this.informers, observers: new Map(observers.map(one => [one.name, one])) };
    this.controllers = reconcilers.map(reconciler => ({
      reconciler,
      controller: new Controller({
        ...{ reconciler, client, sources, effects: this.effects, events, writes, logger, clock, random },
        concurrency: options.concurrency ?? 8,
        paused: options.paused,
      }),
    }));
    this.connect();
  }

  /** Resolves when every cache is filled, left-over effects are taken up and reconcilers run. */
  async start(): Promise<void> {
    for (const informer of this.informers.all()) informer.start();
    await Promise.all(this.informers.all().map(informer => this.syncedOrStopped(informer.synced())));
    if (this.stopping) return;
    await this.effects.start(owner => this.presenceOf(owner));
    for (const { controller } of this.controllers) controller.queue.start();
  }

  /** Stops watching, lets running reconciles finish and effects let go. */
  async stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    await this.stopping;
  }

  /** Asks for a reconcile of one object by every reconciler of its kind. Safe to lose and to repeat. */
  wake = (kind: Kind, key: { namespace?: string; name: string }): void => {
    this.wakeWhere(reconciler => reconciler.for.resource === kind.resource, keyOf(key));
  };

  metrics(): ManagerMetrics {
    return {
      reconcilers: Object.fromEntries(
        this.controllers.map(one => [one.reconciler.name, one.controller.metrics()]),
      ),
      effects: this.effects.counts(),
      objects: Object.fromEntries(
        this.informers.all().map(({ kind, cache }) => [kind.resource, countPhases(cache.values())]),
      ),
    };
  }

  private connect(): void {
    for (const { reconciler, controller } of this.controllers) {
      for (const rule of wakesOf(reconciler, this.informers)) {
        this.informers.ensure(rule.kind).onChange((object, old) => {
          const states = [old, object].filter(state => state !== undefined);
          for (const key of new Set(states.flatMap(state => rule.keysFor(state)))) controller.queue.add(key);
        });
      }
    }
    for (const informer of this.informers.all()) {
      informer.onChange((object, old) => {
        if (!object && old) this.forget(informer.kind, old);
      });
    }
  }

  private forget(kind: Kind, object: Resource): void {
    for (const { controller } of this.controllers) controller.forgetChild(kind, object);
    const { uid, name } = object.metadata;
    this.effects.ownerGone(uid).catch(error => {
      this.options.logger.error(`The effects of deleted ${kind.kind} ${name} could not be cancelled`, error);
    });
  }

  private wakeOwner(owner: EffectOwner): void {
    this.wakeWhere(reconciler => reconciler.for.kind === owner.kind, keyOf(owner));
  }

  private wakeWhere(matches: (reconciler: Reconciler) => boolean, key: string): void {
    for (const { reconciler, controller } of this.controllers) {
      if (matches(reconciler)) controller.queue.add(key);
    }
  }

  private presenceOf(owner: EffectOwner): OwnerPresence {
    const reconciler = this.options.reconcilers.find(candidate => candidate.for.kind === owner.kind);
    if (!reconciler) return 'unknown';
    const object = this.informers.cache(reconciler.for).get(keyOf(owner));
    return object?.metadata.uid === owner.uid ? 'exists' : 'gone';
  }

  private syncedOrStopped(synced: Promise<void>): Promise<void> {
    return Promise.race([synced, this.stopped]);
  }

  private async shutDown(): Promise<void> {
    this.announceStop();
    await Promise.all(this.controllers.map(({ controller }) => controller.queue.stop()));
    await this.effects.stop();
    await Promise.all(this.informers.all().map(informer => informer.stop()));
  }
}

function countPhases(objects: Iterable<Resource>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of objects) {
    const { phase = '' } = (status ?? {}) as { phase?: string };
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  return counts;
}
