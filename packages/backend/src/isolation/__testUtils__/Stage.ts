import { randomBytes } from 'node:crypto';
import {
  AgentRoleBinding,
  IdentityMapping,
  namespaceOf,
  Organization,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { Principal, TokenLimits } from '@krate/plugin-control-plane-node';
import { eventually } from '@krate/plugin-control-plane-backend/testkit';
import { Kind, Resource, ROLES } from '@krate/resource-model';
import { WholeBackend } from './wholeBackend';

const word = (prefix: string) => `${prefix}${randomBytes(4).toString('hex')}`;

/** An organization of the stage. */
export interface Place {
  org: string;
  namespace: string;
  /** Words that stand in every object of it; whoever hears one has heard of the object. */
  label: string;
  note: string;
  /** What no answer ever tells anybody: the value of a Secret. */
  value: string;
  /** A stream of one of its objects. */
  log: { resource: string; namespace: string; name: string; stream: string };
  /** One object of every kind that has a place in an organization, by kind. */
  objects: ReadonlyMap<Kind, Resource>;
}

/** Somebody who asks: what they send to Krate, and to the other plugins of the portal. */
export interface Caller {
  name: string;
  krate?: string;
  portal?: string;
}

/** Two organizations that hold one object of every kind, and everybody who may come to their doors. */
export interface Stage {
  backend: WholeBackend;
  home: Place;
  away: Place;
  callers: Record<CallerName, Caller>;
  /** Of the home organization, by role. */
  members: Record<(typeof ROLES)[number], Caller>;
}

/** Who may never hear of the home organization, in the order of the report. */
export const STRANGERS = [
  'nobody',
  'stranger',
  'suspended',
  'expired',
  'revoked',
  'scoped',
  'foreignRun',
] as const;
export type CallerName = (typeof STRANGERS)[number] | 'reader' | 'readOnly' | 'run' | 'platform';

/** Kinds that others ask for when they are written. */
const FIRST = ['Repository', 'PullRequest'];
const ADMIN: Principal = { type: 'user', name: 'admin' };

export async function setStage(backend: WholeBackend): Promise<Stage> {
  const [home, away] = await Promise.all(['home', 'away'].map(place => settle(backend, place)));
  for (const role of ROLES) await member(backend, home, `${role}-of-home`, role);
  await member(backend, away, 'noa', 'admin');
  await member(backend, home, 'sue', 'admin');
  await member(backend, home, 'both', 'admin');
  await member(backend, away, 'both', 'admin');

  await eventually(
    () => repositoryOf(backend, home),
    repository => repository?.status?.phase === 'Ready',
  );

  const access = (name: string, limits?: TokenLimits) =>
    issue(backend, { type: 'user', name, ...(limits ? { limits } : {}) });
  const person = async (name: string): Promise<Caller> => ({
    name,
    krate: (await access(name)).token,
    portal: await signIn(backend, name),
  });
  const run = async ({ namespace }: Place): Promise<Caller> => {
    const principal: Principal = {
      ...{ type: 'run', kind: 'AgentDispatchRun', name: 'of-nothing', uid: word('uid-') },
      ...{ namespace, repository: 'of-nothing' },
    };
    return { name: 'run', krate: (await issue(backend, principal, 'run')).token };
  };
  const expired = await issue(backend, { type: 'user', name: 'admin-of-home' }, 'access', 1);
  const revoked = await access('admin-of-home');
  await backend.controlPlane.tokens.revoke(revoked.id);
  const members = {} as Stage['members'];
  for (const role of ROLES) members[role] = await person(`${role}-of-home`);

  const callers: Stage['callers'] = {
    nobody: { name: 'nobody' },
    stranger: await person('noa'),
    suspended: await person('sue'),
    expired: { name: 'expired', krate: expired.token, portal: expired.token },
    revoked: { name: 'revoked', krate: revoked.token, portal: revoked.token },
    scoped: { name: 'scoped', krate: (await access('both', { organizations: [away.org] })).token },
    foreignRun: await run(away),
    run: await run(home),
    reader: members.viewer,
    readOnly: { name: 'readOnly', krate: (await access('admin-of-home', { readOnly: true })).token },
    platform: await person('admin'),
  };
  await suspend(backend, home, 'sue');
  await new Promise(resolve => setTimeout(resolve, 1100));
  return { backend, home, away, callers, members };
}

function issue(
  backend: WholeBackend,
  principal: Principal,
  purpose: 'access' | 'run' = 'access',
  seconds = 3600,
) {
  return backend.controlPlane.tokens.issue({
    ...{ principal, purpose, description: 'isolation', expiresInSeconds: seconds },
  });
}

/** As a browser does it: a sign-in link becomes a session, and that a Backstage token. */
async function signIn({ url, controlPlane }: WholeBackend, name: string): Promise<string> {
  const principal: Principal = { type: 'user', name };
  const link = await controlPlane.tokens.issue({ principal, purpose: 'sign-in', description: '' });
  const response = await fetch(`${url}/api/auth/local/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest', 'x-krate-sign-in': link.token },
  });
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

async function suspend({ controlPlane }: WholeBackend, { namespace }: Place, name: string) {
  const client = controlPlane.clientFor(ADMIN);
  await client.patch(User, { namespace, name }, { spec: { disabled: true } });
}

/** An organization with one object of every kind: the kinds' own examples, each with words that are nowhere else. */
async function settle(backend: WholeBackend, kindOfPlace: string): Promise<Place> {
  const org = word(`${kindOfPlace}-`);
  const place = {
    ...{ org, namespace: namespaceOf(org) },
    ...{ label: word('label-'), note: word('note-'), value: word('hush-') },
  };
  const { client, kinds } = backend.controlPlane;
  await client.create(Organization, manifest(Organization, PLATFORM_NAMESPACE, org, { displayName: org }));
  await eventually(
    async () => await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: org }),
    organization => organization?.status?.phase === 'Ready',
  );
  const own = kinds.all().filter(kind => !isShared(kind));
  // Applied, since a controller may have made one from another example already.
  const apply = (kind: Kind) =>
    client.apply(kind, exampleOf(kind, place), {
      fieldManager: 'isolation',
      force: true,
    }) as Promise<Resource>;
  const objects = new Map<Kind, Resource>();
  for (const kind of FIRST.map(name => kinds.kind(name)!)) objects.set(kind, await apply(kind));
  const others = own.filter(kind => !objects.has(kind));
  await Promise.all(others.map(async kind => objects.set(kind, await apply(kind))));
  return { ...place, objects, log: await logOf(backend, place, objects) };
}

function repositoryOf({ controlPlane: { client, kinds } }: WholeBackend, { namespace }: Place) {
  return client.get(kinds.kind('Repository')!, { namespace, name: 'web' }) as Promise<
    (Resource & { status?: { phase?: string } }) | undefined
  >;
}

async function logOf(
  { controlPlane }: WholeBackend,
  { namespace, note }: Pick<Place, 'namespace' | 'note'>,
  objects: Place['objects'],
): Promise<Place['log']> {
  const kind = controlPlane.kinds.kind('Job')!;
  const { name, uid } = objects.get(kind)!.metadata;
  const log = { resource: kind.plural, namespace, name, stream: 'isolation' };
  await controlPlane.streams.append({ ...log, uid }, `${note}\n`);
  return log;
}

/** Kinds whose objects are the platform's, not an organization's. */
export function isShared(kind: Kind): boolean {
  return Boolean(kind.platform || kind.clusterScoped);
}

/** The first example of a kind, moved to the place, with its words. */
export function exampleOf(
  kind: Kind,
  { namespace, label, note, value }: Pick<Place, 'namespace' | 'label' | 'note' | 'value'>,
): any {
  const [example] = structuredClone(kind.examples) as any[];
  const { name = `some-${kind.plural}` } = example.metadata;
  const metadata = {
    ...{ name, namespace },
    labels: { ...example.metadata.labels, canary: label },
    annotations: { ...example.metadata.annotations, canary: note },
  };
  const { status: _status, ...rest } = example;
  if (kind.kind === 'Secret') return { ...rest, metadata, data: undefined, stringData: { apiKey: value } };
  if (kind.kind === 'Repository') {
    const files = [{ path: 'README.md', content: `${note}\n` }];
    return { ...rest, metadata, spec: { ...rest.spec, initialize: { files } } };
  }
  return { ...rest, metadata };
}

async function member({ controlPlane }: WholeBackend, { namespace }: Place, name: string, role: string) {
  const { client } = controlPlane;
  await client.create(User, manifest(User, namespace, name, { displayName: name }));
  const mapping = { user: name, provider: 'backstage', subject: name };
  await client.create(IdentityMapping, manifest(IdentityMapping, namespace, name, mapping));
  const spec = { subject: { kind: 'User', name }, scope: { kind: 'organization' }, roleRef: { name: role } };
  await client.create(AgentRoleBinding, manifest(AgentRoleBinding, namespace, `${name}-${role}`, spec));
}

function manifest(kind: Kind, namespace: string, name: string, spec: object): any {
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name, namespace }, spec };
}
