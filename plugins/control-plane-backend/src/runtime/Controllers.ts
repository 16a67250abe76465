import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ControllerManager,
  DatabaseLeaseStore,
  EffectStore,
  Elected,
  Election,
  ManagerMetrics,
  Reconciler,
  SoleLeaseStore,
  Term,
  Wake,
} from '@krate/controller-runtime';
import { Event } from '@krate/plugin-control-plane-common';
import { Knex } from 'knex';
import { GarbageCollector } from '../collector/GarbageCollector';
import { ObjectRetention } from '../collector/ObjectRetention';
import { removeOrphanedStreams } from '../collector/removeOrphanedStreams';
import { ControlPlaneConfig } from '../config';
import { platformEffects, platformObservers } from '../reconcilers';
import { underLease } from './fencedStore';
import { Core } from './openCore';
import { isPostgres } from './openStore';
import { StartedAreas } from './startAreas';

/** The lease under which everything acts that acts by itself. */
export const CONTROLLERS_LEASE = 'controllers';

export interface ControllersOptions {
  core: Core;
  knex: Knex;
  areas: StartedAreas;
  reconcilers: readonly Reconciler[];
  logger: LoggerService;
  config: ControlPlaneConfig;
}

/** One term: made new each time, so that nothing is remembered from before others acted. */
class Acting implements Elected {
  readonly manager: ControllerManager;
  private readonly collector: GarbageCollector;
  private readonly retention: ObjectRetention;

  constructor(
    private readonly options: ControllersOptions,
    term: Term,
  ) {
    const { core, knex, areas, reconcilers, config, logger } = options;
    const token = () => term.token();
    this.manager = new ControllerManager({
      client: core.clientUnder(token, { type: 'system', name: 'controllers' }),
      reconcilers,
      effects: [...platformEffects(core, config), ...areas.effects].map(effect => underLease(effect, token)),
      observers: [...platformObservers(core, config), ...areas.observers],
      // The lease's table is in the same database where there is one at all.
      effectStore: isPostgres(knex) ? new EffectStore(knex, token) : new EffectStore(knex),
      assertHeld: () => void token(),
      paused: namespace => namespace !== undefined && core.directory.isSuspended(namespace),
      eventKind: Event,
      logger,
    });
    this.collector = new GarbageCollector({
      store: core.store,
      kinds: core.kinds,
      client: core.clientUnder(token, { type: 'system', name: 'garbage-collector' }),
      removed: owner => core.streams.deleteAll(owner),
      logger,
    });
    this.retention = new ObjectRetention({
      store: core.store,
      kinds: core.kinds,
      client: core.clientUnder(token, { type: 'system', name: 'retention' }),
      configured: config.retention,
      logger,
    });
  }

  async start(): Promise<void> {
    await Promise.all([this.manager.start(), this.collector.start()]);
    this.retention.begin();
    void this.tidyStreams();
  }

  /** What the collector is told of later it has removed itself; this is what nobody was there to hear. */
  private async tidyStreams(): Promise<void> {
    const { core, logger } = this.options;
    try {
      await removeOrphanedStreams(core);
    } catch (error) {
      logger.warn(
        'Streams of deleted objects could not be removed; they are at the next start',
        error as Error,
      );
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.manager.stop(), this.collector.stop(), this.retention.stop()]);
  }
}

/**
 * Reconcilers, effects, garbage collection and retention: in one process at a time, however many share the database. The others answer
 * requests and stand by.
 */
export class Controllers {
  private readonly election: Election<Acting>;

  constructor(options: ControllersOptions) {
    const { knex, logger } = options;
    const { leaseMs } = options.config;
    this.election = new Election({
      store: isPostgres(knex) ? new DatabaseLeaseStore(knex) : new SoleLeaseStore(),
      lease: CONTROLLERS_LEASE,
      holder: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
      ttlMs: leaseMs,
      logger,
      create: term => new Acting(options, term),
    });
  }

  /** Resolves when it is known which process acts; when it is this one, its controllers run. */
  start(): Promise<void> {
    return this.election.start();
  }

  stop(): Promise<void> {
    return this.election.stop();
  }

  /** Whether this process acts at the moment. */
  get active(): boolean {
    return this.election.current !== undefined;
  }

  /** A hint; without effect where another process acts. */
  wake: Wake = (kind, key) => this.election.current?.manager.wake(kind, key);

  metrics(): ManagerMetrics {
    const effects = { Pending: 0, Running: 0, Succeeded: 0, Failed: 0, Cancelled: 0 };
    return this.election.current?.manager.metrics() ?? { reconcilers: {}, effects, objects: {} };
  }
}
