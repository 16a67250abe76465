import { randomUUID } from 'node:crypto';
import { Row } from './Row';
import { Sent } from './send';
import { Place } from './Stage';

/** The request that asks a route for something of a place. */
export function requestOf(route: string, row: Row, place: Place): Sent {
  const [method, template] = route.split(' ');
  const { params = {}, query, body, type } = row.ask?.(place) ?? {};
  const known: Record<string, string> = {
    ...{ organization: place.org, org: place.org, namespace: place.namespace, id: randomUUID() },
    ...params,
  };
  const path = template
    .replace(/\(\*\)|\/\*\*$/g, '')
    .replace(/:([A-Za-z]+)|\{([A-Za-z]+)\}/g, (_, colon, braces) =>
      encodeURIComponent(known[colon ?? braces] ?? 'nothing'),
    )
    .replaceAll('*', 'nothing');
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const takesBody = !['GET', 'HEAD', 'ALL'].includes(method);
  return {
    method: method === 'ALL' ? 'GET' : method,
    path: `${path || '/'}${search}`,
    ...(takesBody ? { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) } : {}),
    ...{ type, streams: row.streams },
  };
}
