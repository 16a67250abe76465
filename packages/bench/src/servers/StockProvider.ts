import { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { deferred } from '../harness/deferred';

/** An entity provider as Backstage's documentation has it: what changed is written as a delta, at once. */
export class StockProvider implements EntityProvider {
  private readonly connected = deferred<EntityProviderConnection>();

  getProviderName(): string {
    return 'stock';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connected.resolve(connection);
  }

  async add(name: string): Promise<void> {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'stock',
        annotations: {
          'backstage.io/managed-by-location': 'url:http://stock',
          'backstage.io/managed-by-origin-location': 'url:http://stock',
        },
      },
      spec: { type: 'sample', lifecycle: 'production', owner: 'group:default/bench' },
    };
    const connection = await this.connected.promise;
    await connection.applyMutation({ type: 'delta', added: [{ entity, locationKey: 'stock' }], removed: [] });
  }
}
