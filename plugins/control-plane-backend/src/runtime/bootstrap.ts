import { ResourceClient } from '@krate/controller-runtime';
import {
  AgentRoleBinding,
  AuthProvider,
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  Namespace,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ApiError, Kind } from '@krate/resource-model';
import { ControlPlaneConfig } from '../config';
import { userNameOf } from '../reconcilers/userNameOf';

/** The namespace kubectl uses when it is told none. */
const DEFAULT_NAMESPACE = 'default';
const FIRST_BINDING = 'platform-administrator';

/**
 * Makes what an empty data directory lacks: the platform's namespaces, an object for each sign-in provider of the
 * app-config, and its first administrator. While anyone has a
 * role in the platform, an administrator who was removed does not come back.
 */
export async function bootstrap(
  client: ResourceClient,
  { administrator, signInProviders }: Pick<ControlPlaneConfig, 'administrator' | 'signInProviders'>,
): Promise<void> {
  await create(client, Namespace, { name: DEFAULT_NAMESPACE }, {});
  await create(client, Namespace, { name: PLATFORM_NAMESPACE }, {});
  for (const { id, title, type } of signInProviders) {
    if (type === 'local') continue;
    const spec = { type, provider: id, displayName: title };
    await create(client, AuthProvider, { namespace: PLATFORM_NAMESPACE, name: id }, spec);
  }
  // The binding is made last, so a start that was killed half way is taken up here.
  const { items } = await client.list(AgentRoleBinding, { namespace: PLATFORM_NAMESPACE });
  if (items.length > 0) return;
  const user = userNameOf(administrator);
  const place = { namespace: PLATFORM_NAMESPACE, name: user };
  await create(client, User, place, { displayName: administrator });
  await create(client, IdentityMapping, place, {
    user,
    provider: BACKSTAGE_PROVIDER,
    subject: administrator,
  });
  await create(
    client,
    AgentRoleBinding,
    { ...place, name: FIRST_BINDING },
    {
      subject: { kind: 'User', name: user },
      scope: { kind: 'cluster' },
      roleRef: { kind: 'Role', name: 'admin' },
    },
  );
}

async function create(
  client: ResourceClient,
  kind: Kind,
  metadata: { namespace?: string; name: string },
  spec: object,
): Promise<void> {
  try {
    await client.create(kind, { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec });
  } catch (error) {
    const exists = error instanceof ApiError && error.reason === 'AlreadyExists';
    if (!exists) throw error;
  }
}
