import {
  AgentRoleBinding,
  IdentityMapping,
  Organization,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import { answerCalls } from '../harness/Child';
import { NAMESPACE, ORGANIZATION, Sample } from '../sides/Sample';
import { KrateBackend, startKrateBackend } from './krateBackend';
import type { KrateServerOptions } from './startKrate';
import { openedStore } from './openedStore';
import { writeSamples } from './writeSamples';

/** The process of a Krate server; `startKrate.ts` is the other end. */
let backend: KrateBackend | undefined;
let store: ReturnType<typeof openedStore>;

const DEVELOPER = 'dev';

async function start({ directory, durability }: KrateServerOptions) {
  store = openedStore(durability);
  backend = await startKrateBackend({ directory, installation: { kinds: [Sample] } });
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

answerCalls(
  {
    start,
    write: async (options: { count: number; everyMs: number; prefix: string }) =>
      writeSamples(options, async (key, draft) => {
        await (await store).write([{ type: 'create', key, draft }]);
      }),
  },
  async () => backend?.stop(),
);
