import { FacadeContext, FollowedChange } from '@krate/plugin-control-plane-node';
import { ApiError, EventStream, Kind, ServerEvent } from '@krate/resource-model';
import { FacadeServices } from './FacadeServices';
import { ChangeFollower, isTooOld } from './followChanges';

type Describe = (change: FollowedChange) => readonly { type: string; payload: Record<string, unknown> }[];

/** The kinds of a namespace that a principal may watch at the moment. */
export async function watchable(
  { authorizer }: Pick<FacadeServices, 'authorizer'>,
  principal: FacadeContext['principal'],
  namespace: string,
  kinds: readonly Kind[],
): Promise<Kind[]> {
  const decisions = await Promise.all(
    kinds.map(({ group, plural }) =>
      authorizer.authorize(principal, { verb: 'watch', group, resource: plural, namespace }),
    ),
  );
  return kinds.filter((_, index) => decisions[index].allowed);
}

/**
 * Changes in one namespace from the request's `Last-Event-ID`, or from now. Kinds that the caller may not watch are left
 * out; when nothing is left it is refused. A position that is no longer kept is told by `reset`, since an EventSource would ask
 * for it for ever.
 */
export async function organizationEvents(
  services: FacadeServices,
  { principal, request, signal }: FacadeContext,
  namespace: string,
  { kinds, describe }: { kinds: readonly Kind[]; describe: Describe },
): Promise<EventStream> {
  const allowed = await watchable(services, principal, namespace, kinds);
  if (allowed.length === 0)
    throw new ApiError('Forbidden', 'You may watch none of these kinds in this organization');
  const current = await services.revision();
  const resumed = lastEventId(request?.headers['last-event-id']);
  if (resumed !== undefined && resumed > current)
    throw new ApiError('BadRequest', `Last-Event-ID ${resumed} is none that this server gave out`);

  const follow = (from: number) =>
    new ChangeFollower({
      ...{ service: services.service, principal, namespace, signal },
      ...{ kinds: allowed, from },
    });
  let follower = follow(resumed ?? current);

  async function* events(): AsyncGenerator<ServerEvent> {
    for (;;) {
      try {
        for await (const change of follower.changes()) {
          for (const event of describe(change)) yield { id: String(follower.position()), ...event };
        }
        return;
      } catch (error) {
        if (!isTooOld(error)) throw error;
        follower = follow(await services.revision());
        const message = 'Events were missed: read the objects again';
        yield { id: String(follower.position()), type: 'reset', payload: { message } };
      }
    }
  }
  return { events: events(), position: () => String(follower.position()) };
}

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header);
  throw new ApiError('BadRequest', 'Last-Event-ID is none that this server gave out');
}

/** One change in the words of the event protocol. */
export function resourceChange({ type, kind, object }: FollowedChange) {
  return {
    type: 'resource-change',
    payload: {
      kind: kind.kind,
      name: object.metadata.name,
      operation: type === 'DELETED' ? 'delete' : 'apply',
      timestamp: new Date().toISOString(),
      resourceVersion: object.metadata.resourceVersion,
    },
  };
}
