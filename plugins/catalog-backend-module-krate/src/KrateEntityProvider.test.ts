import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { Team } from '@krate/plugin-control-plane-common';
import type { ControlPlane } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import { KrateEntityProvider } from './KrateEntityProvider';

const team = (name: string) => ({
  apiVersion: Team.apiVersion,
  kind: 'Team',
  metadata: {
    name,
    namespace: 'krate-org-acme',
    uid: name,
    resourceVersion: '1',
    generation: 1,
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { displayName: name, members: [], maintainers: [] },
});

describe('KrateEntityProvider', () => {
  const stop = new AbortController();
  afterAll(() => stop.abort());

  it('lists again when a watch breaks off, and writes again what the catalog did not take', async () => {
    const catalog: any[] = [];
    const lists = [
      [team('core'), team('gone')],
      [team('core'), team('late')],
    ];
    const client = {
      list: async () => ({ items: lists.length > 1 ? lists.shift()! : lists[0], resourceVersion: '1' }),
      // The first watch is told that its version is no longer kept, the next ones are quiet.
      async *watch(_kind: unknown, { signal }: { signal: AbortSignal }) {
        if (catalog.length === 0) {
          await sleep(600);
          throw new Error('too old resource version');
        }
        await sleep(60_000, undefined, { signal }).catch(() => undefined);
      },
    };
    let refusals = 1;
    const connection: any = {
      applyMutation: async (mutation: unknown) => {
        if (refusals-- > 0) throw new Error('the catalog is not there yet');
        catalog.push(mutation);
      },
    };
    const controlPlane = { kinds: new KindRegistry([Team]), client } as unknown as ControlPlane;
    const provider = new KrateEntityProvider({
      ready: async () => controlPlane,
      logger: mockServices.logger.mock(),
      signal: stop.signal,
    });
    await provider.connect(connection);
    const names = () => {
      const known = new Set<string>();
      for (const { type, entities = [], added = [], removed = [] } of catalog) {
        if (type === 'full') known.clear();
        removed.forEach(({ entity }: any) => known.delete(entity.metadata.name));
        [...entities, ...added].forEach(({ entity }: any) => known.add(entity.metadata.name));
      }
      return [...known].sort();
    };
    for (let turn = 0; turn < 100 && names().join() !== 'core,late'; turn += 1) await sleep(50);
    expect(names()).toEqual(['core', 'late']);
    expect(catalog[0].type).toBe('full');
  });
});
