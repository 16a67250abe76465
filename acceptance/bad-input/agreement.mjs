/**
 * Three people in two organizations, and one table of what each may do: as `kubectl auth can-i --list` tells it, as the portal
 * asks it with the person's own session before it shows a button, as `krate` finds it, and as it turns out when they try.
 */
import { GROUP, object } from './objects.mjs';
import { parse } from './stage.mjs';

const PEOPLE = ['dev', 'vic', 'noa'];
const GROUP_NAME = 'krate.a5c.ai';
const RESOURCES = [
  { group: GROUP_NAME, resource: 'repositories', kind: 'Repository' },
  { group: GROUP_NAME, resource: 'branchprotections', kind: 'BranchProtection' },
  { group: GROUP_NAME, resource: 'teams', kind: 'Team' },
  { group: GROUP_NAME, resource: 'issues', kind: 'Issue' },
  { group: GROUP_NAME, resource: 'agentrolebindings', kind: 'AgentRoleBinding' },
  { group: '', resource: 'secrets', kind: 'Secret' },
];
const VERBS = { get: 'GET', list: 'GET', create: 'POST', delete: 'DELETE' };

/** Compares every cell; returns how many there are and what disagrees. */
export async function agreement(stage) {
  const faults = [];
  let count = 0;
  for (const name of PEOPLE) {
    const session = await portalSession(stage, name);
    for (const place of [stage.home, stage.away]) {
      const listed = await listedByKubectl(stage.people[name].person, place.namespace);
      const seen = await seenByKrate(stage.people[name].person, place.namespace);
      for (const target of RESOURCES) {
        for (const verb of Object.keys(VERBS)) {
          count += 1;
          const told = {
            kubectl: listed.has(`${target.resource} ${verb}`),
            portal: await askedByPortal(stage, session, { ...target, verb, namespace: place.namespace }),
            tried: await tried(stage, name, { ...target, verb, namespace: place.namespace }),
            ...(verb === 'list' && target.resource === 'repositories' ? { krate: seen } : {}),
          };
          if (new Set(Object.values(told)).size > 1)
            faults.push(`${name} ${verb} ${target.resource} in ${place.org}: ${JSON.stringify(told)}`);
        }
      }
    }
  }
  return { count, faults };
}

/** `kubectl auth can-i --list`: resource, non-resource URLs, names, verbs. */
async function listedByKubectl(person, namespace) {
  const text = await person.kubectl('auth', 'can-i', '--list', '-n', namespace);
  const rows = text.split('\n').flatMap(line => {
    const [, resource, verbs] = /^(\S+)\s+\[.*?\]\s+\[.*?\]\s+\[(.*)\]$/.exec(line.trim()) ?? [];
    return resource ? verbs.split(' ').map(verb => `${resource.split('.')[0]} ${verb}`) : [];
  });
  return new Set(rows);
}

async function seenByKrate(person, namespace) {
  return person.krate('list', 'repositories', '-n', namespace).then(
    () => true,
    error => (/forbidden|Forbidden/.test(error.message) ? false : Promise.reject(error)),
  );
}

/** A Backstage token, as the browser gets it from a sign-in link. */
async function portalSession({ people, server }, name) {
  const printed = await people.admin.person.krate('sign-in-link', name);
  const [, link] = printed.match(/#sign-in=(\S+)/);
  const response = await fetch(`${server.url}/api/auth/local/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest', 'x-krate-sign-in': link },
  });
  return (await response.json()).backstageIdentity.token;
}

/** What the portal asks before it shows a button. */
async function askedByPortal({ exchange }, session, { group, resource, verb, namespace }) {
  const answer = await exchange.send({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    body: JSON.stringify({ spec: { resourceAttributes: { group, resource, verb, namespace } } }),
  });
  return parse(answer.text).status.allowed;
}

/** Whether the act itself is let in; a create and a delete are only tried. */
async function tried({ exchange, people }, name, { group, resource, kind, verb, namespace }) {
  const collection = `${group ? GROUP : '/api/v1'}/namespaces/${namespace}/${resource}`;
  const path = verb === 'get' || verb === 'delete' ? `${collection}/nothing-there` : collection;
  const manifest = group
    ? object(kind, 'tried', namespace, {})
    : { apiVersion: 'v1', kind, metadata: { name: 'tried', namespace } };
  const { status } = await exchange.send({
    method: VERBS[verb],
    path: `${path}?dryRun=All`,
    headers: { authorization: `Bearer ${people[name].token}`, 'content-type': 'application/json' },
    ...(verb === 'create' ? { body: JSON.stringify(manifest) } : {}),
  });
  return status !== 403;
}
