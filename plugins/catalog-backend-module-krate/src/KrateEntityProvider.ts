import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { DeferredEntity, EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { Kind, Resource } from '@krate/resource-model';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { isMirroredKind } from './entityNames';
import { project } from './project';

/** Changes of one moment are written together. */
const GATHER_MS = 5;
/** After a write as long a pause as it took, but no longer than this: many changes then cost half a core at most. */
const LONGEST_REST_MS = 1_000;
/** After a watch or a write that failed. */
const RETRY_MS = 1_000;

/**
 * Mirrors resources into the catalog by watching them: the projection of all mirrored objects is computed anew after a
 * change and only its difference to what the catalog was last given is written. Idle means no writes; a restart
 * replaces everything once, so that nothing orphaned survives it.
 */
export class KrateEntityProvider implements EntityProvider {
  private readonly objects = new Map<string, Map<string, Resource>>();
  private given?: Map<string, { entity: Entity; json: string }>;
  /** Milliseconds since 1970; no write before. */
  private restUntil = 0;
  /** Every kind was listed once: before that the catalog would lose what is only not known yet. */
  private synced = false;
  private timer?: NodeJS.Timeout;
  private writing = Promise.resolve();

  constructor(
    private readonly options: {
      ready: () => Promise<ControlPlane>;
      logger: LoggerService;
      signal: AbortSignal;
    },
  ) {}

  getProviderName(): string {
    return 'krate';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    // Not awaited: the catalog must become ready whether or not the control plane is.
    void this.options.ready().then(controlPlane => this.follow(controlPlane, connection));
  }

  private async follow(controlPlane: ControlPlane, connection: EntityProviderConnection): Promise<void> {
    const kinds = controlPlane.kinds.all().filter(isMirroredKind);
    const changed = () => this.writeSoon(controlPlane, connection);
    await Promise.all(
      kinds.map(
        kind => new Promise<void>(synced => void this.followKind(controlPlane, kind, { synced, changed })),
      ),
    );
    this.synced = true;
    changed();
  }

  /** Lists, then watches, and begins anew whenever that breaks off: what went meanwhile is not in the next list. */
  private async followKind(
    controlPlane: ControlPlane,
    kind: Kind,
    { synced, changed }: { synced(): void; changed(): void },
  ): Promise<void> {
    const { signal, logger } = this.options;
    while (!signal.aborted) {
      try {
        const { items, resourceVersion } = await controlPlane.client.list(kind);
        const known = new Map<string, Resource>(
          items.map(object => [object.metadata.uid, object as Resource]),
        );
        this.objects.set(kind.kind, known);
        synced();
        changed();
        for await (const { type, object } of controlPlane.client.watch(kind, { signal, resourceVersion })) {
          if (type === 'BOOKMARK') continue;
          if (type === 'DELETED') known.delete(object.metadata.uid);
          else if (isOnlyStatus(known.get(object.metadata.uid), object as Resource)) continue;
          else known.set(object.metadata.uid, object as Resource);
          changed();
        }
      } catch (error) {
        if (!signal.aborted)
          logger.warn(`Following ${kind.plural} for the catalog broke off and begins anew`, error as Error);
      }
      await pause(RETRY_MS, signal);
    }
    synced();
  }

  private writeSoon(
    controlPlane: ControlPlane,
    connection: EntityProviderConnection,
    delay = Math.max(GATHER_MS, this.restUntil - Date.now()),
  ): void {
    if (!this.synced || this.timer || this.options.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.writing = this.writing
        .then(() => this.writeAndRest(controlPlane, connection))
        .catch(error => {
          this.options.logger.error('The catalog did not take a change; it is tried again', error);
          this.writeSoon(controlPlane, connection, RETRY_MS);
        });
    }, delay);
  }

  private async writeAndRest(
    controlPlane: ControlPlane,
    connection: EntityProviderConnection,
  ): Promise<void> {
    // What changes from here on is not in this write any more.
    this.timer = undefined;
    const start = Date.now();
    try {
      await this.write(controlPlane, connection);
    } finally {
      const end = Date.now();
      this.restUntil = end + Math.min(end - start, LONGEST_REST_MS);
    }
  }

  /** The first time everything, later the difference. */
  private async write(controlPlane: ControlPlane, connection: EntityProviderConnection): Promise<void> {
    const snapshot = new Map([...this.objects].map(([kind, objects]) => [kind, [...objects.values()]]));
    const wanted = new Map(
      project(controlPlane.kinds, snapshot).map(entity => [
        stringifyEntityRef(entity),
        { entity, json: JSON.stringify(entity) },
      ]),
    );
    const deferred = (entity: Entity): DeferredEntity => ({ entity, locationKey: 'krate' });
    const { given } = this;
    if (!given) {
      await connection.applyMutation({
        type: 'full',
        entities: [...wanted.values()].map(({ entity }) => deferred(entity)),
      });
    } else {
      const added = [...wanted]
        .filter(([ref, { json }]) => given.get(ref)?.json !== json)
        .map(([, { entity }]) => deferred(entity));
      const removed = [...given]
        .filter(([ref]) => !wanted.has(ref))
        .map(([, { entity }]) => deferred(entity));
      if (added.length === 0 && removed.length === 0) return;
      await connection.applyMutation({ type: 'delta', added, removed });
    }
    this.given = wanted;
  }
}

/** The generation counts changes of the spec; what reconcilers write concerns no entity. */
function isOnlyStatus(before: Resource | undefined, after: Resource): boolean {
  return before !== undefined && before.metadata.generation === after.metadata.generation;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined); // it ends, and whoever waited looks
}
