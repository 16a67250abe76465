import {
  Namespace,
  Organization,
  organizationOf,
  OrgNamespaceBinding,
  namespaceOf,
  PLATFORM_NAMESPACE,
  Team,
} from '@krate/plugin-control-plane-common';
import {
  AccessAttributes,
  AccessDecision,
  AuthorizationContext,
  AuthorizationRule,
  Principal,
} from '@krate/plugin-control-plane-node';
import { Kind, KindRegistry, Role } from '@krate/resource-model';
import { Authorizer } from './Authorizer';
import { AUDIT_EVENTS } from '../audit/auditEvents';
import { Directory } from './Directory';
import { actionFields, includes, isRead, isUpdate, isWrite, neededRole } from './roles';
import { decideForRun } from './runAccess';
import { refusedByLimits } from './tokenLimits';

/** Groups of reviews that anybody who is signed in may ask about themselves. */
const SELF_REVIEW_GROUPS = ['authorization.k8s.io', 'authentication.k8s.io'];

const ADMINISTRATORS_ONLY =
  'it needs a platform administrator: a User in krate-system with an AgentRoleBinding of scope cluster and role admin';

const SUSPENDED =
  'the organization is suspended: it can be read and not changed until a platform administrator lifts that';

type UserPrincipal = Extract<Principal, { type: 'user' }>;

/**
 * The one authorizer. Built-in rules first: the system may do everything, a platform administrator everything but what
 * only the system writes, a person what their role and the kind's declaration say, a run what it needs, nobody else
 * anything. Then the areas' rules: one allow is enough, one deny wins.
 */
export class RoleAuthorizer implements Authorizer {
  constructor(
    private readonly options: {
      directory: Directory;
      kinds: KindRegistry;
      rules: readonly AuthorizationRule[];
      /** Who may create organizations; default platform administrators. */
      organizationCreators: 'administrators' | 'everyone';
    },
  ) {}

  async authorize(principal: Principal, attributes: AccessAttributes): Promise<AccessDecision> {
    if (principal.type !== 'system') await this.options.directory.catchUp();
    return this.decide(principal, attributes);
  }

  decide(principal: Principal, attributes: AccessAttributes): AccessDecision {
    if (principal.type === 'system') return { allowed: true, reason: 'the system' };
    // Before the areas' rules: one that allows to update an object must not open its status with it.
    if (attributes.subresource === 'status' && isWrite(attributes.verb))
      return deny('only controllers write a status');
    // A token's limits come before every right its person has, whoever gave it.
    const limited = refusedByLimits(principal, attributes);
    if (limited) return deny(limited);
    // As early: an area's rule must not lift a suspension either. Administrators of the platform may still mend things.
    if (this.isStopped(principal, attributes)) return deny(SUSPENDED);
    const builtIn = this.builtIn(principal, attributes);
    if (builtIn.final) return builtIn.decision;
    return this.withAreaRules(principal, attributes, builtIn.decision);
  }

  private isStopped(principal: Principal, { verb, namespace }: AccessAttributes): boolean {
    if (isRead(verb) || !namespace || !this.options.directory.isSuspended(namespace)) return false;
    const administers =
      principal.type === 'user' && includes(this.options.directory.platformRole(principal.name), 'admin');
    return !administers;
  }

  private builtIn(
    principal: Principal,
    attributes: AccessAttributes,
  ): { decision: AccessDecision; final?: boolean } {
    switch (principal.type) {
      case 'user':
        return { decision: this.decideForUser(principal, attributes) };
      case 'run':
        return decideForRun(principal, attributes, this.options.kinds);
      default:
        return { decision: deny('nobody is signed in; sign in, or send a token') };
    }
  }

  private withAreaRules(
    principal: Principal,
    attributes: AccessAttributes,
    builtIn: AccessDecision,
  ): AccessDecision {
    const context = this.contextFor(principal);
    const verdicts = this.options.rules.flatMap(rule => rule.decide(principal, attributes, context) ?? []);
    const denied = verdicts.find(verdict => verdict.decision === 'deny');
    if (denied) return deny(denied.reason);
    // An area's allow is for the whole object, so it also lifts a limit to single fields.
    const allowed = verdicts.find(verdict => verdict.decision === 'allow');
    if (allowed && (!builtIn.allowed || builtIn.onlyFields)) return { allowed: true, reason: allowed.reason };
    return builtIn;
  }

  private decideForUser(user: UserPrincipal, attributes: AccessAttributes): AccessDecision {
    const { group, resource, verb } = attributes;
    if (SELF_REVIEW_GROUPS.includes(group) && resource.startsWith('self'))
      return allow('everybody may ask about themselves');
    if (group === AUDIT_EVENTS.group && resource === AUDIT_EVENTS.resource)
      return this.onAuditEvents(user, attributes);
    const kind = this.options.kinds.byResource(group, resource);
    if (!kind) return this.decideUnknown(user, attributes);
    if (includes(this.options.directory.platformRole(user.name), 'admin'))
      return decideForAdministrator(kind, verb);
    return this.special(user, kind, attributes) ?? this.byRole(user, kind, attributes);
  }

  /** Who may give roles in an organization may see what was done with them; nobody writes the trail. */
  private onAuditEvents(user: UserPrincipal, { verb, namespace }: AccessAttributes): AccessDecision {
    if (!isRead(verb)) return deny('the audit trail is written by the system only');
    if (includes(this.options.directory.platformRole(user.name), 'admin'))
      return allow('platform administrator');
    return namespace ? this.holds(user, namespace, 'admin') : deny(ADMINISTRATORS_ONLY);
  }

  /** Paths and resources that belong to no kind (an area's own route) are the areas' to allow. */
  private decideUnknown(user: UserPrincipal, attributes: AccessAttributes): AccessDecision {
    if (includes(this.options.directory.platformRole(user.name), 'admin'))
      return allow('platform administrator');
    return deny(`no role gives "${attributes.verb}" on ${attributes.resource}`);
  }

  /** The few kinds whose rights do not follow from a role in the object's own namespace. */
  private special(user: UserPrincipal, kind: Kind, attributes: AccessAttributes): AccessDecision | undefined {
    const { verb, name, namespace } = attributes;
    switch (kind.kind) {
      case Organization.kind:
        return this.onOrganization(user, verb, name);
      case OrgNamespaceBinding.kind:
      case Namespace.kind: {
        const home = kind.kind === Namespace.kind ? name : name && namespaceOf(name);
        return isRead(verb) && home ? this.holds(user, home, 'viewer') : deny(ADMINISTRATORS_ONLY);
      }
      case Team.kind:
        return isUpdate(verb) && namespace && name && this.maintainsTeam(user, namespace, name)
          ? allow('maintainer of the team')
          : undefined;
      default:
        return undefined;
    }
  }

  private onOrganization(user: UserPrincipal, verb: string, name: string | undefined): AccessDecision {
    if (verb === 'create') {
      return this.options.organizationCreators === 'everyone'
        ? allow('everybody may create organizations')
        : deny(ADMINISTRATORS_ONLY);
    }
    if (!name) return deny('name one organization: only a platform administrator sees all of them');
    return this.holds(user, namespaceOf(name), isRead(verb) ? 'viewer' : 'admin');
  }

  private byRole(
    user: UserPrincipal,
    kind: Kind,
    { verb, namespace, resource }: AccessAttributes,
  ): AccessDecision {
    if (kind.platform && isRead(verb) && this.options.directory.memberships(user.name).length > 0) {
      return allow('platform objects are read by every member of an organization');
    }
    if (!namespace) return deny('ask for one namespace: only a platform administrator sees all of them');
    const needed = neededRole(kind, verb);
    if (needed === undefined) return deny(`${resource} know no "${verb}"`);
    const held = this.roleIn(user, namespace);
    if (needed !== 'system' && includes(held, needed)) return allow(`role ${held}`);
    const fields = held && isUpdate(verb) ? actionFields(kind, held) : [];
    if (fields.length > 0) return { ...allow(`role ${held}, for ${fields[0]}`), onlyFields: fields };
    return needed === 'system'
      ? deny(`${resource} are written by the system only`)
      : lacking(needed, held, namespace);
  }

  private holds(user: UserPrincipal, namespace: string, needed: Role): AccessDecision {
    const held = this.roleIn(user, namespace);
    return includes(held, needed) ? allow(`role ${held}`) : lacking(needed, held, namespace);
  }

  private roleIn(user: UserPrincipal, namespace: string): Role | undefined {
    const { directory } = this.options;
    return namespace === PLATFORM_NAMESPACE
      ? directory.platformRole(user.name)
      : directory.roleIn(namespace, user.name);
  }

  private maintainsTeam(user: UserPrincipal, namespace: string, name: string): boolean {
    const member = this.options.directory.memberIn(namespace, user.name);
    const team = this.options.directory
      .objects<Team>(Team.plural, namespace)
      .find(candidate => candidate.metadata.name === name);
    return Boolean(member && team?.spec.maintainers?.includes(member.user));
  }

  private belongs(login: string): boolean {
    const { directory } = this.options;
    const administers = includes(directory.platformRole(login), 'admin');
    return administers || directory.memberships(login).some(({ role }) => role !== undefined);
  }

  private contextFor(principal: Principal): AuthorizationContext {
    const { directory } = this.options;
    const login = principal.type === 'user' ? principal.name : undefined;
    return {
      roleIn: namespace => {
        if (!login) return undefined;
        return includes(directory.platformRole(login), 'admin')
          ? 'admin'
          : directory.roleIn(namespace, login);
      },
      belongs: () => login !== undefined && this.belongs(login),
      membership: namespace => (login ? directory.memberIn(namespace, login) : undefined),
      objects: (resource, namespace) => directory.objects(resource, namespace),
    };
  }
}

/** Even they do not write what only the system writes; but they may clean it up. */
function decideForAdministrator(kind: Kind, verb: string): AccessDecision {
  const systemOnly =
    kind.writableBy === 'system' && !kind.platform && !kind.clusterScoped && kind.kind !== Organization.kind;
  if (!systemOnly || !isWrite(verb) || verb.startsWith('delete')) return allow('platform administrator');
  const fields = isUpdate(verb) ? actionFields(kind, 'admin') : [];
  if (fields.length > 0) return { ...allow('platform administrator'), onlyFields: fields };
  return deny(`${kind.plural} are written by the system only`);
}

function allow(reason: string): AccessDecision {
  return { allowed: true, reason };
}

function deny(reason: string): AccessDecision {
  return { allowed: false, reason };
}

/** To a stranger an organization that exists and one that does not read the same. */
function lacking(needed: Role, held: Role | undefined, namespace: string): AccessDecision {
  const place = organizationOf(namespace) ? `the organization ${organizationOf(namespace)}` : namespace;
  const have = held ? `you have ${held}` : 'you have none';
  return deny(
    `it needs the role ${needed} in ${place}, ${have}; an admin there can give it with an AgentRoleBinding`,
  );
}
