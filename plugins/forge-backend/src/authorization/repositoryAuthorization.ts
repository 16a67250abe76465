import { KRATE_GROUP, Role, ROLES } from '@krate/resource-model';
import {
  AccessAttributes,
  AuthorizationContext,
  AuthorizationRule,
  Principal,
} from '@krate/plugin-control-plane-node';
import type { PullRequest, Repository, RepositoryPermission, SSHKey } from '@krate/plugin-forge-common';

type Permission = RepositoryPermission['spec']['permission'];

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'push'];
const OF_PEOPLE_ONLY = ['push', 'merge', 'approve', 'bypass'];
/** The least organization role for the forge's own verbs, which the built-in rules do not know. */
const ROLE_FOR: Readonly<Record<string, Role>> = { push: 'developer', bypass: 'admin' };
const RANK: readonly Permission[] = ['read', 'write', 'admin'];

/**
 * Rights on one repository: who may push by role, what a RepositoryPermission adds, what visibility opens, and what a run
 * never may. Read by `kubectl auth can-i`, git and the screens alike.
 */
export const repositoryAuthorization: AuthorizationRule = {
  name: 'forge-repository',
  reads: ['repositories', 'repositorypermissions', 'pullrequests', 'sshkeys'],
  decide(principal, attributes, context) {
    if (attributes.group !== KRATE_GROUP || !attributes.namespace) return undefined;
    if (principal.type === 'run') return decideForRun(principal, attributes);
    if (principal.type === 'key')
      return decideForKey(principal, attributes, context) ?? byVisibility(principal, attributes, context);
    return (
      ownKey(attributes, context) ??
      byRole(attributes, context) ??
      byVisibility(principal, attributes, context) ??
      byPermission(principal, attributes, context)
    );
  },
};

function decideForRun(
  principal: Extract<Principal, { type: 'run' }>,
  { verb, resource, namespace, name }: AccessAttributes,
) {
  const aboutForge = [
    'repositories',
    'pullrequests',
    'reviews',
    'branchprotections',
    'repositorypermissions',
  ].includes(resource);
  if (aboutForge && OF_PEOPLE_ONLY.includes(verb)) {
    return {
      decision: 'deny',
      reason: 'A run never pushes, approves or merges; its work comes back for review',
    } as const;
  }
  if (resource === 'reviews' && !READ.includes(verb)) {
    return { decision: 'deny', reason: 'A run never reviews' } as const;
  }
  const own =
    resource === 'repositories' &&
    verb === 'get' &&
    namespace === principal.namespace &&
    name === principal.repository;
  return own ? ({ decision: 'allow', reason: 'The run works on this repository' } as const) : undefined;
}

/** What a machine's key opens: the repositories it names, to be read, and to be pushed to when it says so. */
function decideForKey(
  principal: Extract<Principal, { type: 'key' }>,
  { verb, resource, subresource, namespace, name }: AccessAttributes,
  context: AuthorizationContext,
) {
  const aboutOne = resource === 'repositories' && !subresource && name && namespace === principal.namespace;
  if (!aboutOne || !['get', 'push'].includes(verb)) return undefined;
  const key = context
    .objects<SSHKey>('sshkeys', namespace)
    .find(({ metadata }) => metadata.uid === principal.uid);
  if (!key || key.spec.revoked) return undefined;
  const { spec } = key;
  const opens =
    spec.scope === 'deploy'
      ? spec.repository === name
      : spec.scope === 'automation' && spec.repositories.includes(name);
  if (!opens) return undefined;
  if (verb === 'push' && spec.readOnly !== false) {
    return { decision: 'deny', reason: `The key ${key.metadata.name} may read and not push` } as const;
  }
  return { decision: 'allow', reason: `The key ${key.metadata.name} opens the repository` } as const;
}

/** Members keep their own keys. Which ones they may make, admission says, which knows what is written in them. */
function ownKey(
  { verb, resource, subresource, namespace, name }: AccessAttributes,
  context: AuthorizationContext,
) {
  if (resource !== 'sshkeys' || subresource) return undefined;
  const member = context.membership(namespace!);
  if (!member) return undefined;
  if (verb === 'create') return { decision: 'allow', reason: 'Members add keys of their own' } as const;
  const key = context.objects<SSHKey>('sshkeys', namespace!).find(({ metadata }) => metadata.name === name);
  const own = key?.spec.scope === 'user' && key.spec.owner === member.user;
  return own && ['get', 'update', 'patch', 'delete'].includes(verb)
    ? ({ decision: 'allow', reason: 'It is their own key' } as const)
    : undefined;
}

function byRole({ verb, resource, namespace }: AccessAttributes, context: AuthorizationContext) {
  const least = resource === 'repositories' ? ROLE_FOR[verb] : undefined;
  const role = least && context.roleIn(namespace!);
  if (!least || !role || ROLES.indexOf(role) < ROLES.indexOf(least)) return undefined;
  return { decision: 'allow', reason: `The role ${role} allows ${verb}` } as const;
}

function byVisibility(
  principal: Principal,
  { verb, resource, subresource, namespace, name }: AccessAttributes,
  context: AuthorizationContext,
) {
  if (resource !== 'repositories' || verb !== 'get' || subresource || !name) return undefined;
  const found = context
    .objects<Repository>('repositories', namespace!)
    .find(({ metadata }) => metadata.name === name);
  if (found?.spec.visibility === 'public')
    return { decision: 'allow', reason: 'The repository is public' } as const;
  if (found?.spec.visibility === 'internal' && principal.type === 'user' && context.belongs())
    return { decision: 'allow', reason: 'Members of every organization may read the repository' } as const;
  return undefined;
}

function byPermission(principal: Principal, attributes: AccessAttributes, context: AuthorizationContext) {
  const { namespace, verb } = attributes;
  const membership = principal.type === 'user' ? context.membership(namespace!) : undefined;
  if (!membership) return undefined;
  const held = context
    .objects<RepositoryPermission>('repositorypermissions', namespace!)
    .filter(
      ({ spec }) =>
        !spec.revoked &&
        (spec.subject.kind === 'User'
          ? spec.subject.name === membership.user
          : membership.teams.includes(spec.subject.name)),
    );
  if (held.length === 0) return undefined;
  const needed = neededFor(attributes);
  const repository = needed && repositoryOf(attributes, context);
  if (!needed || repository === undefined) return undefined;
  const grant = held.find(
    ({ spec }) =>
      (repository === '*' || spec.repository === repository) &&
      RANK.indexOf(spec.permission) >= RANK.indexOf(needed),
  );
  return (
    grant &&
    ({ decision: 'allow', reason: `${grant.metadata.name} gives ${grant.spec.permission}: ${verb}` } as const)
  );
}

/** Which permission on the repository a request needs; undefined when no permission gives it. */
function neededFor({ verb, resource, subresource }: AccessAttributes): Permission | undefined {
  if (subresource && (subresource !== 'status' || !READ.includes(verb))) return undefined;
  if (READ.includes(verb) && ['repositories', 'pullrequests'].includes(resource)) return 'read';
  if (resource === 'repositories')
    return { push: 'write', update: 'admin', patch: 'admin', bypass: 'admin' }[verb] as
      Permission | undefined;
  if (resource === 'pullrequests' && verb === 'merge') return 'admin';
  if (resource === 'pullrequests') return WRITE.includes(verb) ? 'write' : undefined;
  if (resource === 'reviews') return verb === 'create' ? 'write' : undefined;
  if (resource === 'sshkeys')
    return ['get', 'update', 'patch', 'delete'].includes(verb) ? 'admin' : undefined;
  return undefined;
}

/** The repository a request is about. `*`: not known before admission, which asks again with the repository's name. */
function repositoryOf(
  { verb, resource, namespace, name }: AccessAttributes,
  context: AuthorizationContext,
): string | undefined {
  if (resource === 'repositories') return name;
  if (verb === 'create' && (resource === 'reviews' || resource === 'pullrequests')) return '*';
  if (resource === 'sshkeys') {
    const keys = context.objects<SSHKey>('sshkeys', namespace!);
    const key = keys.find(({ metadata, spec }) => metadata.name === name && spec.scope === 'deploy');
    return key?.spec.repository;
  }
  if (resource !== 'pullrequests' || !name) return undefined;
  return context
    .objects<PullRequest>('pullrequests', namespace!)
    .find(({ metadata }) => metadata.name === name)?.spec.repository;
}
