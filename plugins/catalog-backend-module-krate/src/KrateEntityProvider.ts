import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { DeferredEntity, EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { Kind, Resource } from '@krate/resource-model';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { project } from './project';

/** Changes that come together are written together; half of this is the lag a single change sees on average. */
const BATCH_MS = 200;

/**
 * Mirrors resources into the catalog by watching them: the projection of all mirrored objects is computed anew after a
 * change and only its difference to what the catalog was last given is written. Idle means no writes; a restart
 * replaces everything once, so that nothing orphaned survives it.
 */
export class KrateEntityProvider implements EntityProvider {
  private readonly objects = new Map<string, Map<string, Resource>>();
  private given?: Map<string, { entity: Entity; json: string }>;
  private timer?: NodeJS.Timeout;
  private writing = Promise.resolve();

  constructor(
    private readonly options: { ready: () => Promise<ControlPlane>; logger: LoggerService; signal: AbortSignal },
  ) {}

  getProviderName(): string {
    return 'krate';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    // Not awaited: the catalog must become ready whether or not the control plane is.
    void this.options.ready().then(controlPlane => this.follow(controlPlane, connection));
  }

  private async follow(controlPlane: ControlPlane, connection: EntityProviderConnection): Promise<void> {
    const kinds = controlPlane.kinds.all().filter(kind => kind.catalog);
    const synced = kinds.map(kind => this.followKind(controlPlane, kind, () => this.writeSoon(controlPlane, connection)));
    await Promise.all(synced);
    this.given = new Map();
    await this.write(controlPlane, connection, 'full');
  }

  /** Resolves once everything that existed at the start is known. */
  private async followKind(controlPlane: ControlPlane, kind: Kind, changed: () => void): Promise<void> {
    const { signal, logger } = this.options;
    const { items, resourceVersion } = await controlPlane.client.list(kind);
    const known = new Map<string, Resource>(items.map(object => [object.metadata.uid, object as Resource]));
    this.objects.set(kind.kind, known);

    const consume = async () => {
      for await (const { type, object } of controlPlane.client.watch(kind, { signal, resourceVersion })) {
        if (type === 'BOOKMARK') continue;
        if (type === 'DELETED') known.delete(object.metadata.uid);
        else known.set(object.metadata.uid, object as Resource);
        changed();
      }
    };
    consume().catch(error => {
      if (!signal.aborted) logger.error(`The catalog no longer follows ${kind.plural}`, error);
    });
  }

  private writeSoon(controlPlane: ControlPlane, connection: EntityProviderConnection) {
    if (!this.given || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.writing = this.writing
        .then(() => this.write(controlPlane, connection, 'delta'))
        .catch(error => {
          this.options.logger.error('The catalog did not take a change; it is tried again', error);
          this.writeSoon(controlPlane, connection);
        });
    }, BATCH_MS);
  }

  private async write(controlPlane: ControlPlane, connection: EntityProviderConnection, type: 'full' | 'delta') {
    const snapshot = new Map([...this.objects].map(([kind, objects]) => [kind, [...objects.values()]]));
    const wanted = new Map(
      project(controlPlane.kinds, snapshot).map(entity => [
        stringifyEntityRef(entity),
        { entity, json: JSON.stringify(entity) },
      ]),
    );
    const deferred = (entity: Entity): DeferredEntity => ({ entity, locationKey: 'krate' });
    if (type === 'full') {
      await connection.applyMutation({ type, entities: [...wanted.values()].map(({ entity }) => deferred(entity)) });
    } else {
      const given = this.given!;
      const added = [...wanted].filter(([ref, { json }]) => given.get(ref)?.json !== json).map(([, { entity }]) => deferred(entity));
      const removed = [...given].filter(([ref]) => !wanted.has(ref)).map(([, { entity }]) => deferred(entity));
      if (added.length === 0 && removed.length === 0) return;
      await connection.applyMutation({ type, added, removed });
    }
    this.given = wanted;
  }
}
