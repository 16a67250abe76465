import { setTimeout as delay } from 'node:timers/promises';
import {
  createOrganization,
  getOrganization,
  listOrganizations,
  Namespace,
  namespaceOf,
  Organization,
  OrgNamespaceBinding,
  PLATFORM_NAMESPACE,
} from '@krate/plugin-control-plane-common';
import { FacadeContext, facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { ApiError, Kind, Resource } from '@krate/resource-model';
import { refusal } from '../errorBodyOf';
import { FacadeServices } from '../FacadeServices';
import { organizationsSeenBy } from '../organizationsSeenBy';

/** How long the answer to a new organization waits for what reconcilers make of it. */
const PATIENCE_MS = 8_000;

/** Organizations. */
export function organizationRoutes(services: FacadeServices): FacadeRoute[] {
  return [
    facadeRoute(listOrganizations, async context => ({
      status: 200,
      body: { organizations: await organizationsSeenBy(services, context) },
    })),

    facadeRoute(createOrganization, async (context, { body }) => {
      const given = body.slug ?? body.name;
      if (given === undefined)
        throw refusal('BadRequest', 'ORG_REQUIRED', 'Name the organization: `slug`', { field: 'slug' });
      const name = slugOf(given);
      if (name === '')
        throw refusal(
          'BadRequest',
          'ORG_REQUIRED',
          'Nothing of this is left as a name: use letters and digits',
          {
            field: 'slug',
          },
        );
      const { apiVersion, kind } = Organization;
      const { displayName = given.trim().slice(0, 120), description } = body;
      const made = await context.client.create(Organization, {
        ...{ apiVersion, kind },
        metadata: { name, namespace: PLATFORM_NAMESPACE },
        spec: { displayName, ...(description === undefined ? {} : { description }) },
      });
      const { namespace, binding } = await provisioned(context, name);
      // Its creator reads it only once they were made its admin.
      const organization = (await readable(context, Organization, { name })) ?? made;
      return {
        status: 201,
        body: {
          organization: organization,
          ...(namespace ? { namespace: namespace } : {}),
          ...(binding ? { binding: binding } : {}),
        },
      };
    }),

    facadeRoute(getOrganization, async context => {
      const found = await context.client.get(Organization, { name: context.organization });
      if (!found) throw new ApiError('NotFound', 'The organization is gone');
      return { status: 200, body: found };
    }),
  ];
}

/** As other forges make a name of what a person typed. */
export function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 53)
    .replace(/^-+|-+$/g, '');
}

async function provisioned(context: FacadeContext, name: string) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const namespace = await readable(context, Namespace, { name: namespaceOf(name) });
    const binding = await readable(context, OrgNamespaceBinding, { name });
    const late = Date.now() > deadline || context.signal.aborted;
    if ((namespace && binding) || late) return { namespace, binding };
    await delay(50);
  }
}

/** An object that the caller may not read yet is as one that is not there yet. */
async function readable(
  { client }: FacadeContext,
  kind: Kind,
  key: { name: string },
): Promise<Resource | undefined> {
  try {
    return (await client.get(kind, key)) as Resource | undefined;
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Forbidden') return undefined;
    throw error;
  }
}
