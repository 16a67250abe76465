import {
  AgentSecretGrant,
  createSecret,
  createSecretGrant,
  deleteSecret,
  listSecretGrants,
  listSecrets,
} from '@krate/plugin-agents-common';
import { Secret } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute, OrganizationContext } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';

/** Secrets and who may use them. A value comes in once, goes into a Secret, and is never answered. */
export const secretRoutes: readonly FacadeRoute[] = [
  facadeRoute(listSecrets, async ({ client, namespace }) => {
    const [{ items }, grants] = await Promise.all([
      client.list(Secret, { namespace }),
      client.list(AgentSecretGrant, { namespace }),
    ]);
    const secrets = items.map(secret => itemOf(secret, grants.items));
    return { status: 200, body: { secrets: secrets.sort((a, b) => (a.name < b.name ? -1 : 1)) } };
  }),

  facadeRoute(createSecret, async (context, { body }) => {
    const { name, data, grantedTo, permissions, purpose } = body;
    assertGrantable(permissions);
    const keys = Object.keys(data);
    if (grantedTo && keys.length === 0) {
      const message = 'A grant names keys of the secret, and this one has none';
      throw refused('FieldValueRequired', 'data', message);
    }
    const { client, namespace } = context;
    const { apiVersion, kind } = Secret;
    const object = { apiVersion, kind, metadata: { name, namespace }, type: 'Opaque', stringData: data };
    const secret = await client.create(Secret, object as never);
    const grants = grantedTo
      ? [await grant(context, { secretName: name, subject: grantedTo, keys, purpose })]
      : [];
    return { status: 201, body: { created: true, name, secret: itemOf(secret, grants) } };
  }),

  facadeRoute(deleteSecret, async (context, { params }) => ({
    status: 200,
    body: await context.remove(Secret, params.name),
  })),

  facadeRoute(listSecretGrants, async context => ({
    status: 200,
    body: await context.list(AgentSecretGrant),
  })),

  facadeRoute(createSecretGrant, async (context, { body }) => {
    const { secretName, grantedTo, permissions, purpose, name } = body;
    assertGrantable(permissions);
    const keys = body.keys ?? Object.keys((await context.read(Secret, secretName)).data ?? {});
    const made = await grant(context, { name, secretName, subject: grantedTo, keys, purpose });
    return { status: 201, body: { created: true, name: made.metadata.name, resource: made } };
  }),
];

function itemOf({ metadata, type, data }: Secret, grants: readonly AgentSecretGrant[]) {
  const { name, namespace = '', creationTimestamp } = metadata;
  return {
    ...{ name, namespace, type: type ?? 'Opaque', createdAt: creationTimestamp ?? null },
    keys: Object.keys(data ?? {}).sort(),
    grants: grants
      .filter(({ spec }) => spec.secretRef.name === name && !spec.revoked)
      .map(({ spec }) => spec.subject.name),
  };
}

function grant(
  { client, namespace }: OrganizationContext,
  given: {
    name?: string;
    secretName: string;
    subject: { kind: string; name: string };
    keys: readonly string[];
    purpose: string;
  },
): Promise<AgentSecretGrant> {
  const { subject, secretName, keys, purpose } = given;
  const { apiVersion, kind } = AgentSecretGrant;
  return client.create(AgentSecretGrant, {
    ...{ apiVersion, kind },
    metadata: { namespace, name: given.name ?? `${subject.name}-${secretName}`.slice(0, 253) },
    spec: { subject, secretRef: { name: secretName, keys }, purpose },
  });
}

function assertGrantable(permissions: readonly string[]): void {
  if (permissions.every(permission => permission === 'read')) return;
  const message = 'A grant lets its subject use the value; nobody changes a secret through one';
  throw refused('PERMISSION_NOT_GRANTABLE', 'permissions', message);
}

function refused(code: string, field: string, message: string): ApiError {
  return new ApiError('Invalid', message, { causes: [{ reason: code, field, message }] });
}
