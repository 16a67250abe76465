import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  Organization,
  ORGANIZATION_SCOPES,
  organizationOf,
  PLATFORM_NAMESPACE,
  PLATFORM_SCOPES,
  roleSourcesOf,
  Team,
  teamsOf,
  User,
} from '@krate/plugin-control-plane-common';
import { Membership } from '@krate/plugin-control-plane-node';
import { Kind, KindRegistry, Role } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';
import { ResourceCache } from './ResourceCache';

/** The user a login is in a namespace, and the teams of that user. */
export interface Member {
  user: string;
  teams: string[];
}

/**
 * Who is who and who may what, in memory: users, teams, identity mappings and role bindings of all namespaces, and the
 * small kinds that areas' rules look up. A disabled user is nobody.
 */
export class Directory {
  private readonly caches = new Map<string, ResourceCache>();

  constructor(options: {
    store: ResourceStore;
    kinds: KindRegistry;
    /** Plurals that areas' rules read. */
    reads: readonly string[];
    logger: LoggerService;
  }) {
    const own: Kind[] = [Organization, User, Team, IdentityMapping, AgentRoleBinding];
    const read = options.reads.map(plural => kindOfPlural(options.kinds, plural));
    for (const { group, plural } of [...own, ...read]) {
      if (this.caches.has(plural)) continue;
      this.caches.set(plural, new ResourceCache(options.store, { group, resource: plural }, options.logger));
    }
    this.store = options.store;
  }

  private readonly store: ResourceStore;

  async start(): Promise<void> {
    await Promise.all([...this.caches.values()].map(cache => cache.start()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.caches.values()].map(cache => cache.stop()));
  }

  /** Resolves once everything written before the call is known. */
  async catchUp(): Promise<void> {
    const revision = await this.store.revision();
    await Promise.all([...this.caches.values()].map(cache => cache.reach(revision)));
  }

  objects<T>(plural: string, namespace: string): readonly T[] {
    return (this.caches.get(plural)?.objects(namespace) ?? []) as T[];
  }

  memberIn(namespace: string, login: string): Member | undefined {
    const mapping = this.objects<IdentityMapping>(IdentityMapping.plural, namespace)
      .filter(({ spec }) => spec.provider === BACKSTAGE_PROVIDER && spec.subject === login)
      .sort(oldestFirst)[0];
    const user =
      mapping && (this.caches.get(User.plural)?.get(namespace, mapping.spec.user) as User | undefined);
    if (!user || user.spec.disabled || user.metadata.deletionTimestamp) return undefined;
    const teams = teamsOf(user.metadata.name, this.objects<Team>(Team.plural, namespace));
    return { user: user.metadata.name, teams };
  }

  /** Whether anybody has this Backstage user name, wherever; upper and lower case count as the same. */
  knowsLogin(login: string): boolean {
    const wanted = login.toLowerCase();
    const cache = this.caches.get(IdentityMapping.plural)!;
    return cache
      .namespaces()
      .some(namespace =>
        this.objects<IdentityMapping>(IdentityMapping.plural, namespace).some(
          ({ spec }) => spec.provider === BACKSTAGE_PROVIDER && spec.subject.toLowerCase() === wanted,
        ),
      );
  }

  /** An organization as the store has it; undefined for a name that is none. */
  organization(name: string): Organization | undefined {
    return this.caches.get(Organization.plural)?.get(PLATFORM_NAMESPACE, name) as Organization | undefined;
  }

  /** Whether the platform has stopped everything in the organization of a namespace. */
  isSuspended(namespace: string): boolean {
    const organization = organizationOf(namespace);
    return organization !== undefined && this.organization(organization)?.spec.suspended === true;
  }

  roleIn(namespace: string, login: string): Role | undefined {
    const member = this.memberIn(namespace, login);
    return member && this.greatestRole(namespace, member, ORGANIZATION_SCOPES);
  }

  /** What the platform's own bindings of scope cluster give. */
  platformRole(login: string): Role | undefined {
    const member = this.memberIn(PLATFORM_NAMESPACE, login);
    return member && this.greatestRole(PLATFORM_NAMESPACE, member, PLATFORM_SCOPES);
  }

  /** Display names are the caller's to add: organizations are not among what the directory keeps. */
  memberships(login: string): Omit<Membership, 'displayName'>[] {
    return (this.caches.get(IdentityMapping.plural)?.namespaces() ?? []).sort().flatMap(namespace => {
      const organization = organizationOf(namespace);
      const member = organization && this.memberIn(namespace, login);
      if (!member) return [];
      return [{ organization, namespace, ...member, role: this.roleIn(namespace, login) }];
    });
  }

  private greatestRole(namespace: string, { user }: Member, scopes: readonly string[]): Role | undefined {
    const teams = this.objects<Team>(Team.plural, namespace);
    const bindings = this.objects<AgentRoleBinding>(AgentRoleBinding.plural, namespace);
    return roleSourcesOf(user, { teams, bindings }, scopes)[0]?.role;
  }
}

function kindOfPlural(kinds: KindRegistry, plural: string): Kind {
  const kind = kinds.all().find(candidate => candidate.plural === plural);
  if (!kind) throw new Error(`An authorization rule reads "${plural}", which no installed kind is called`);
  return kind;
}

/** Of two mappings of one login the first one counts, so that nobody can take a login over by a second one. */
function oldestFirst(a: IdentityMapping, b: IdentityMapping): number {
  return (
    a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp) ||
    a.metadata.name.localeCompare(b.metadata.name)
  );
}
