import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import { ApiError, findValues, Kind, KindRegistry, Resource } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';

const PERIOD_MS = 10 * 60 * 1000;
const PAGE = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes the objects of record kinds that have served their time, as each kind declares it (`retention`) or the
 * configuration says. It only ever deletes: what an object owns is collected, what is kept beside it follows, and finalizers
 * are waited for as with any deletion. Several servers may do it at once; each deletion names the uid it means.
 */
export class ObjectRetention {
  private timer?: ReturnType<typeof setInterval>;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly options: {
      store: ResourceStore;
      kinds: KindRegistry;
      /** Acts as the system. */
      client: ResourceClient;
      /** By kind; what the kinds declare holds for the others. */
      configured: ReadonlyMap<string, number | 'never'>;
      logger: LoggerService;
      now?(): number;
    },
  ) {
    for (const name of options.configured.keys()) {
      if (!options.kinds.kind(name)?.retention)
        throw new Error(
          `krate.retention.${name}: no kind of that name declares when its objects have served their time`,
        );
    }
  }

  /** Sweeps now and every ten minutes. */
  begin(): void {
    const sweep = () => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    };
    sweep();
    this.timer = setInterval(sweep, PERIOD_MS).unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One look at every kind that has a retention. */
  async sweep(): Promise<void> {
    const { kinds, configured, logger } = this.options;
    for (const kind of kinds.all()) {
      const keepMs = configured.get(kind.kind) ?? (kind.retention && kind.retention.days * DAY_MS);
      if (keepMs === undefined || keepMs === 'never') continue;
      try {
        const deleted = await this.sweepKind(kind, keepMs);
        if (deleted > 0) logger.info(`${deleted} ${kind.plural} had served their time and were deleted`);
      } catch (error) {
        logger.error(`Old ${kind.plural} could not be deleted; it is tried again`, error as Error);
      }
    }
  }

  private async sweepKind(kind: Kind, keepMs: number): Promise<number> {
    const before = (this.options.now ?? Date.now)() - keepMs;
    let deleted = 0;
    let next: string | undefined;
    do {
      const page = await this.options.store.list({
        group: kind.group,
        resource: kind.plural,
        limit: PAGE,
        continue: next,
      });
      for (const { json } of page.items) {
        if (this.stopped) return deleted;
        const object = JSON.parse(json) as Resource;
        if (object.metadata.deletionTimestamp || !(servedUntil(kind, object) < before)) continue;
        deleted += await this.delete(kind, object);
      }
      next = page.continue;
    } while (next);
    return deleted;
  }

  private async delete(kind: Kind, { metadata }: Resource): Promise<number> {
    const { namespace, name, uid } = metadata;
    try {
      await this.options.client.delete(kind, { namespace, name }, { uid });
      return 1;
    } catch (error) {
      // Deleted, or deleted and made anew, since the page was read.
      if (error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict')) return 0;
      throw error;
    }
  }
}

/** NaN, which is before nothing, for what has not ended. */
function servedUntil(kind: Kind, object: Resource): number {
  const [found] = findValues(object, kind.retention!.since);
  return typeof found?.value === 'string' ? Date.parse(found.value) : NaN;
}
