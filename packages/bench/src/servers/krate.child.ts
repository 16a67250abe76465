import { join } from 'node:path';
import {
  AgentRoleBinding,
  IdentityMapping,
  Organization,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { defineReconciler } from '@krate/controller-runtime';
import { Kind } from '@krate/resource-model';
import { answerCalls } from '../harness/Child';
import { manifestOf, NAMESPACE, ORGANIZATION, Sample } from '../sides/Sample';
import { Specimen } from '../sides/Specimen';
import { KrateBackend, startKrateBackend } from './krateBackend';
import type { KrateServerOptions } from './startKrate';
import { lagOfCatalog } from './lagOfCatalog';
import { openedStore } from './openedStore';
import { RawQueue } from './RawQueue';
import { StockProvider } from './StockProvider';
import { Starts, timesToReconcile } from './timeToReconcile';
import { writeSamples } from './writeSamples';

/** The process of a Krate server; `startKrate.ts` is the other end. */
let backend: KrateBackend | undefined;
let store: ReturnType<typeof openedStore>;
const starts = new Starts();
const stock = new StockProvider();

const DEVELOPER = 'dev';

const marking = defineReconciler({
  for: Sample,
  reconcile: (_ctx, { metadata }) => {
    starts.begun(metadata.name);
    return {};
  },
});

async function start({ directory, durability, reconcile, catalog, forge }: KrateServerOptions) {
  store = openedStore(durability);
  backend = await startKrateBackend({
    directory,
    installation: { kinds: [Sample, Specimen], reconcilers: reconcile ? [marking] : [] },
    provider: catalog ? stock : undefined,
    forge,
  });
  if (reconcile) await RawQueue.follow(await store, name => starts.begun(name));
  const { controlPlane, port } = backend;
  await prepare(controlPlane);
  const { token } = await controlPlane.tokens.issue({
    principal: { type: 'user', name: DEVELOPER },
    purpose: 'access',
    description: 'bench',
  });
  return { port, token };
}

/** An organization with a developer in it. */
async function prepare(controlPlane: ControlPlane): Promise<void> {
  const client = controlPlane.clientFor({ type: 'user', name: 'admin' });
  const create = (kind: Kind, namespace: string, name: string, spec: object) =>
    client.create(kind, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, namespace },
      spec,
    } as never);
  await create(Organization, PLATFORM_NAMESPACE, ORGANIZATION, { displayName: ORGANIZATION });
  for (;;) {
    const found = await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: ORGANIZATION });
    if (found?.status?.phase === 'Ready') break;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await create(User, NAMESPACE, DEVELOPER, { displayName: DEVELOPER });
  await create(IdentityMapping, NAMESPACE, DEVELOPER, {
    user: DEVELOPER,
    provider: 'backstage',
    subject: DEVELOPER,
  });
  await create(AgentRoleBinding, NAMESPACE, `${DEVELOPER}-developer`, {
    subject: { kind: 'User', name: DEVELOPER },
    scope: { kind: 'organization' },
    roleRef: { name: 'developer' },
  });
}

/** Makes an empty repository, and answers where those of the server are. */
async function host(name: string): Promise<{ root: string }> {
  const { client, dataDirectory } = backend!.controlPlane;
  const key = { namespace: NAMESPACE, name };
  await client.create(Repository, { metadata: key, spec: {} });
  while ((await client.get(Repository, key))?.status?.phase !== 'Ready')
    await new Promise(resolve => setTimeout(resolve, 20));
  return { root: join(dataDirectory, 'git') };
}

answerCalls(
  {
    start,
    host,
    write: async (options: { count: number; everyMs: number; prefix: string }) =>
      writeSamples(options, async (key, draft) => {
        await (await store).write([{ type: 'create', key, draft }]);
      }),
    reconcile: async (options: { count: number; prefix: string }) =>
      timesToReconcile(await store, starts, { ...options, kind: Sample }),
    rawReconcile: async (options: { count: number; prefix: string }) =>
      timesToReconcile(await store, starts, { ...options, kind: Specimen }),
    toCatalog: (options: { count: number; prefix: string }) =>
      lagOfCatalog({ ...options, port: backend!.port, namespace: ORGANIZATION }, async name => {
        const developer = backend!.controlPlane.clientFor({ type: 'user', name: DEVELOPER });
        await developer.create(Sample, manifestOf(name) as never);
      }),
    rawToCatalog: (options: { count: number; prefix: string }) =>
      lagOfCatalog({ ...options, port: backend!.port, namespace: 'stock' }, name => stock.add(name)),
  },
  async () => backend?.stop(),
);
