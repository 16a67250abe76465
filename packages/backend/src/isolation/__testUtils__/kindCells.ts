import { Kind, Role, ROLES } from '@krate/resource-model';
import { Sent } from './send';
import { exampleOf, isShared, Place } from './Stage';

/** One verb on one kind, as a request about a place, and which role it takes there. */
export interface Cell {
  kind: Kind;
  verb: string;
  sent: Sent;
  /** The least role that is let in; `platform` for its administrators alone, `anyone` who belongs to an organization. */
  needs: Role | 'platform' | 'anyone';
}

type Verb = Omit<Cell, 'kind'>;

const PATCHES = {
  'patch (merge)': ['application/merge-patch+json', { metadata: { labels: { patched: 'yes' } } }],
  'patch (json)': ['application/json-patch+json', [{ op: 'test', path: '/kind', value: 'X' }]],
} as const;

/** Every verb that the API knows, on every kind, about an organization. Writes are tried only. */
export function cellsOf(kinds: readonly Kind[], place: Place): Cell[] {
  return kinds.flatMap(kind =>
    [...reads(kind, place), ...writes(kind, place)].map(verb => ({ kind, ...verb })),
  );
}

function reads(kind: Kind, place: Place): Verb[] {
  const { everywhere, collection, item } = pathsOf(kind, place);
  const one = kind.kind === 'PolicyTemplate' ? 'anyone' : (kind.readableBy ?? 'viewer');
  const many = isShared(kind) && one !== 'anyone' ? 'platform' : one;
  const all = kind.platform && one === 'anyone' ? 'anyone' : 'platform';
  const { label } = place;
  return [
    get('get', item, one),
    ...(kind.flat ? [] : [get('get status', `${item}/status`, one)]),
    get('get history', `${item}/history`, one),
    get('get relations', `${item}/relations`, one),
    get('list', collection, many),
    get('list (page)', `${collection}?limit=1`, many),
    get('list (label)', `${collection}?labelSelector=canary%3D${label}`, many),
    get('list (field)', `${collection}?fieldSelector=metadata.name%3Dweb`, many),
    get('list (table)', `${collection}?limit=1&includeObject=Object`, many),
    get('list everywhere', everywhere, all),
    get('list everywhere (page)', `${everywhere}?limit=1`, all),
    watch('watch', `${collection}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`, many),
    watch('watch everywhere', `${everywhere}?watch=true`, all),
  ];
}

function writes(kind: Kind, place: Place): Verb[] {
  const { collection, item } = pathsOf(kind, place);
  const needs = isShared(kind) || kind.writableBy === 'system' ? 'platform' : kind.writableBy;
  const changes = kind.kind === 'Organization' ? 'admin' : needs;
  const body = isShared(kind) ? { kind: kind.kind, apiVersion: kind.apiVersion } : exampleOf(kind, place);
  const applied = `${item}?fieldManager=stranger&dryRun=All`;
  return [
    // Everybody who may look may add a key of their own; that it is theirs is checked after.
    write('create', 'POST', `${collection}?dryRun=All`, kind.kind === 'SSHKey' ? 'viewer' : needs, body),
    write('update', 'PUT', `${item}?dryRun=All`, changes, body),
    ...Object.entries(PATCHES).map(([verb, [type, patch]]) =>
      write(verb, 'PATCH', `${item}?dryRun=All`, changes, patch, type),
    ),
    write('apply', 'PATCH', applied, changes, body, 'application/apply-patch+yaml'),
    write('delete', 'DELETE', `${item}?dryRun=All`, changes),
    write('deletecollection', 'DELETE', `${collection}?dryRun=All`, needs),
    ...(kind.flat ? [] : statusWrites(`${item}/status?dryRun=All`, body)),
  ];
}

function statusWrites(path: string, body: unknown): Verb[] {
  return [
    write('update status', 'PUT', path, 'platform', body),
    write('patch status', 'PATCH', path, 'platform', {}, 'application/merge-patch+json'),
  ];
}

function get(verb: string, path: string, needs: Cell['needs']): Verb {
  return { verb, needs, sent: { method: 'GET', path } };
}

function watch(verb: string, path: string, needs: Cell['needs']): Verb {
  return { verb, needs, sent: { method: 'GET', path, streams: true } };
}

function write(
  verb: string,
  method: string,
  path: string,
  needs: Cell['needs'],
  body?: unknown,
  type = 'application/json',
): Verb {
  return { verb, needs, sent: { method, path, type, ...(body ? { body: JSON.stringify(body) } : {}) } };
}

function pathsOf(kind: Kind, place: Place) {
  const base = `/api/krate/${kind.group ? `apis/${kind.group}` : 'api'}/${kind.version}`;
  const everywhere = `${base}/${kind.plural}`;
  const namespace = kind.platform ? 'krate-system' : place.namespace;
  const collection = kind.clusterScoped ? everywhere : `${base}/namespaces/${namespace}/${kind.plural}`;
  return { everywhere, collection, item: `${collection}/${nameOf(kind, place)}` };
}

/** The object that is the place's own. */
function nameOf(kind: Kind, { org, namespace, objects }: Place): string {
  if (kind.clusterScoped) return namespace;
  return kind.platform ? org : objects.get(kind)!.metadata.name;
}

/** Whether somebody of a role is to be let in. */
export function mayEnter({ needs }: Cell, role: Role): boolean {
  if (needs === 'platform') return false;
  return needs === 'anyone' || ROLES.indexOf(role) >= ROLES.indexOf(needs);
}
