import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { ApiError, Kind } from '@krate/resource-model';
import { ApiCall } from './ApiCall';
import { sendObject } from './respond';

/** How many objects of one kind there are. */
interface KindCount {
  resource: string;
  /** Null: the asker may not list them. */
  count: number | null;
}

/**
 * `GET /counts?namespace=<namespace>`: how many objects of every kind an organization has; kinds of the platform are
 * counted in its namespace. What the asker may not list has no number, and asking for it is no denial worth recording.
 */
export async function countsRoute(call: ApiCall, segments: readonly string[]): Promise<boolean> {
  if (segments[0] !== 'counts' || segments.length !== 1 || call.req.method !== 'GET') return false;
  const namespace = call.query.get('namespace');
  if (!namespace) throw new ApiError('BadRequest', 'namespace: Required value: name one, as ?namespace=');
  const items: KindCount[] = [];
  for (const kind of call.context.kinds.all())
    items.push({ resource: kind.resource, count: await countOf(call, kind, namespace) });
  await sendObject(call.res, 200, { kind: 'ObjectCounts', apiVersion: 'v1', items });
  return true;
}

async function countOf({ context, principal }: ApiCall, kind: Kind, asked: string): Promise<number | null> {
  const namespace = kind.platform ? PLATFORM_NAMESPACE : asked;
  const target = { principal, kind, namespace: kind.clusterScoped ? undefined : namespace };
  const attributes = { verb: 'list', group: kind.group, resource: kind.plural, namespace: target.namespace };
  if (!(await context.authorizer.authorize(principal, attributes)).allowed) return null;
  const { items, remainingItemCount = 0 } = await context.service.list({ ...target, limit: 1 });
  return items.length + remainingItemCount;
}
