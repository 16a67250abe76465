import { getController, Organization } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute, OrganizationContext } from '@krate/plugin-control-plane-node';
import { ApiError, Kind } from '@krate/resource-model';
import { FacadeServices } from '../FacadeServices';
import { organizationContext } from '../organizationContext';
import { organizationsSeenBy } from '../organizationsSeenBy';

/** What a screen needs to begin with. The numbers are the caller's: a kind that they may not list does not appear. */
export function controllerRoute(services: FacadeServices): FacadeRoute {
  const counted = services.kinds
    .all()
    .filter(kind => !kind.platform && !kind.clusterScoped && kind.kind !== 'Event');

  return facadeRoute(getController, async (context, { query }) => {
    const orgs = await organizationsSeenBy(services, context);
    const slug = query.org ?? (orgs.length === 1 ? orgs[0].slug : undefined);
    if (slug === undefined)
      return { status: 200, body: { orgs, status: 'unknown', resources: [], views: {} } };

    const inside = await organizationContext(services, context, slug);
    const organization = await inside.client.get(Organization, { name: slug });
    const contributed = await Promise.all(
      services.contributions.flatMap(({ model }) => (model ? [model(inside)] : [])),
    );
    const resources = (await Promise.all(counted.map(kind => count(kind, inside)))).flat();
    return {
      status: 200,
      body: {
        ...Object.assign({}, ...contributed.map(({ parts }) => parts)),
        org: orgs.find(each => each.slug === slug),
        orgs,
        namespace: inside.namespace,
        status: statusOf(organization?.status?.phase),
        resources,
        views: Object.assign({}, ...contributed.map(({ views }) => views)),
      },
    };
  });

  async function count(kind: Kind, { principal, namespace, list }: OrganizationContext) {
    const attributes = { verb: 'list', group: kind.group, resource: kind.plural, namespace };
    if (!(await services.authorizer.authorize(principal, attributes)).allowed) return [];
    try {
      const { total } = await list(kind, { limit: 1 });
      return [{ kind: kind.kind, plural: kind.plural, area: kind.area, storage: kind.storage, total }];
    } catch (error) {
      // The right went between the two questions.
      if (error instanceof ApiError && error.reason === 'Forbidden') return [];
      throw error;
    }
  }
}

function statusOf(phase: string | undefined): 'ok' | 'degraded' | 'unknown' {
  if (phase === undefined) return 'unknown';
  return phase === 'Ready' ? 'ok' : 'degraded';
}
