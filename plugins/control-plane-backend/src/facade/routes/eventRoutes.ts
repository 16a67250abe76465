import { streamEvents } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { FacadeServices } from '../FacadeServices';
import { kindNamed } from '../kindNamed';
import { resourceChange } from '../organizationEvents';

/** Every change in an organization, as it happens. */
export function eventRoutes({ kinds }: FacadeServices): FacadeRoute[] {
  const followed = kinds.all().filter(kind => !kind.platform && !kind.clusterScoped && kind.kind !== 'Event');
  return [
    facadeRoute(streamEvents, async (context, { query }) => {
      const names = query.kinds?.split(',').map(name => name.trim());
      const wanted = names ? names.map(name => kindNamed(kinds, name)) : followed;
      return {
        status: 200,
        body: await context.follow([...new Set(wanted)], change => [resourceChange(change)]),
      };
    }),
  ];
}
