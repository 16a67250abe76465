import { setTimeout as delay } from 'node:timers/promises';
import { namespaceOf, Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { FacadeContext, OrganizationContext } from '@krate/plugin-control-plane-node';
import { ApiError, cloneJson } from '@krate/resource-model';
import { parseFieldSelector, parseLabelSelector } from '../resources/selectors';
import { errorOfHidden } from './errorOfHidden';
import { FacadeServices } from './FacadeServices';
import { organizationEvents } from './organizationEvents';

const POLL_MS = 100;

/**
 * What a handler needs of one organization. An organization that does not exist and one that the caller is no member of read
 * the same.
 *
 * @throws ApiError NotFound with the code ORG_NOT_FOUND
 */
export async function organizationContext(
  services: FacadeServices,
  context: FacadeContext,
  organization: string,
): Promise<OrganizationContext> {
  const { service } = services;
  const { principal, client } = context;
  const namespace = namespaceOf(organization);
  await assertVisible(services, context, organization);

  const read: OrganizationContext['read'] = async (kind, name) => {
    const object = await client.get(kind, { namespace, name });
    if (object) return object;
    throw new ApiError('NotFound', `${kind.resource} "${name}" not found`, { kind: kind.plural, name });
  };
  return {
    ...context,
    organization,
    namespace,
    read,
    async list(kind, query = {}) {
      const listed = await service.list({
        ...{ principal, kind, namespace },
        labels: parseLabelSelector(query.labelSelector ?? ''),
        fields: parseFieldSelector(kind, query.fieldSelector ?? ''),
        limit: query.limit,
        continue: query.continue,
      });
      return {
        items: listed.items.map(({ object }) => cloneJson(object) as never),
        total: listed.items.length + (listed.remainingItemCount ?? 0),
        kind: kind.kind,
        resourceVersion: listed.resourceVersion,
        ...(listed.continue ? { continue: listed.continue } : {}),
      };
    },
    async remove(kind, name) {
      const { removed } = await service.delete({ principal, kind, namespace, name });
      return { deleted: removed, name, kind: kind.kind };
    },
    async waitFor(kind, name, done, seconds) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const object = await read(kind, name);
        if (done(object) || Date.now() >= deadline || context.signal.aborted) return object;
        await delay(POLL_MS);
      }
    },
    follow: (kinds, describe) => organizationEvents(services, context, namespace, { kinds, describe }),
  };
}

async function assertVisible(
  services: FacadeServices,
  { principal }: FacadeContext,
  organization: string,
): Promise<void> {
  if (principal.type === 'run') {
    if (principal.namespace !== namespaceOf(organization)) throw errorOfHidden(organization);
    return;
  }
  try {
    await services.service.get({
      ...{ principal, kind: Organization, namespace: PLATFORM_NAMESPACE, name: organization },
    });
  } catch (error) {
    const hidden = error instanceof ApiError && ['Forbidden', 'NotFound'].includes(error.reason);
    throw hidden ? errorOfHidden(organization) : error;
  }
}
