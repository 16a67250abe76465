import { ResourceClient } from '@krate/controller-runtime';
import {
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  Invite,
  organizationOf,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ExternalLogin } from '@krate/plugin-control-plane-node';
import { ApiError, Kind } from '@krate/resource-model';
import { AuditTrail } from '../audit/AuditTrail';
import { invitePhase } from '../invites/invitePhase';
import { userNameOf } from '../reconcilers/userNameOf';
import { Directory } from './Directory';

/** Who may sign in by a provider without having been mapped by hand. */
export interface SignInPolicy {
  /** Whether a verified address that exactly one person of the platform has makes the login theirs. */
  matchVerifiedEmail: boolean;
  /** Who becomes a new person: nobody, whoever has an open invitation to their verified address, everyone. */
  newPeople: 'nobody' | 'invited' | 'everyone';
}

/**
 * Finds the person behind a login of a sign-in provider. Only mappings in the platform's own namespace count: an
 * organization's admins write those of their organization, and must not decide who signs in as whom.
 */
export class ExternalSignIns {
  constructor(
    private readonly options: {
      client: ResourceClient;
      directory: Directory;
      audit: AuditTrail;
      policy: SignInPolicy;
      /** Logins that no provider's new person gets. */
      reserved: readonly string[];
    },
  ) {}

  /** The Backstage user name; throws Forbidden with a reason for people when there is none. */
  async loginOf(external: ExternalLogin): Promise<string> {
    await this.options.directory.catchUp();
    const mapped = this.mappings().find(
      ({ spec }) => spec.provider === external.provider && spec.subject === external.subject,
    );
    if (mapped) return this.loginOfUser(mapped.spec.user);
    const matched = this.userByEmail(external);
    if (matched) {
      await this.map(matched, external);
      return this.loginOfUser(matched);
    }
    if (await this.mayJoin(external)) return this.join(external);
    throw new ApiError(
      'Forbidden',
      'Nobody here is known by this login. Ask for an invitation, or for a platform administrator to map the login to you',
    );
  }

  private mappings(): readonly IdentityMapping[] {
    return this.options.directory.objects<IdentityMapping>(IdentityMapping.plural, PLATFORM_NAMESPACE);
  }

  private users(): readonly User[] {
    return this.options.directory.objects<User>(User.plural, PLATFORM_NAMESPACE);
  }

  private loginOfUser(user: string): string {
    const person = this.users().find(({ metadata }) => metadata.name === user);
    const login = this.mappings().find(
      ({ spec }) => spec.user === user && spec.provider === BACKSTAGE_PROVIDER,
    )?.spec.subject;
    if (person && login && !person.spec.disabled && !person.metadata.deletionTimestamp) return login;
    throw new ApiError('Forbidden', 'This login leads to nobody who may sign in');
  }

  private userByEmail({ email, emailVerified }: ExternalLogin): string | undefined {
    if (!this.options.policy.matchVerifiedEmail || !email || !emailVerified) return undefined;
    const found = this.users().filter(({ spec }) => spec.email?.toLowerCase() === email.toLowerCase());
    return found.length === 1 ? found[0].metadata.name : undefined;
  }

  private async mayJoin({ email, emailVerified }: ExternalLogin): Promise<boolean> {
    const { policy, client } = this.options;
    if (policy.newPeople === 'everyone') return true;
    if (policy.newPeople === 'nobody' || !email || !emailVerified) return false;
    const { items } = await client.list(Invite);
    return items.some(
      invite =>
        organizationOf(invite.metadata.namespace) !== undefined &&
        invite.spec.email.toLowerCase() === email.toLowerCase() &&
        invitePhase(invite, { accepted: false, now: new Date() }) === 'Pending',
    );
  }

  private async join(external: ExternalLogin): Promise<string> {
    const login = this.freeLogin(external);
    const user = userNameOf(login);
    await this.create(User, user, {
      displayName: external.displayName?.slice(0, 120) || login,
      ...(external.emailVerified && external.email ? { email: external.email } : {}),
    });
    await this.create(IdentityMapping, user, { user, provider: BACKSTAGE_PROVIDER, subject: login });
    await this.map(user, external);
    return login;
  }

  /** By what the provider calls them, then the address, then a number behind it. */
  private freeLogin({ preferredName, email, subject }: ExternalLogin): string {
    const base = userNameOf(preferredName || email?.split('@')[0] || subject).slice(0, 40);
    const { directory, reserved } = this.options;
    const names = new Set([
      ...this.users().map(({ metadata }) => metadata.name),
      ...reserved.map(userNameOf),
    ]);
    for (let number = 1; ; number += 1) {
      const login = number === 1 ? base : `${base}-${number}`;
      if (!names.has(login) && !directory.knowsLogin(login)) return login;
    }
  }

  private async map(user: string, { provider, subject }: ExternalLogin): Promise<void> {
    await this.create(IdentityMapping, `${provider}-${user}`.slice(0, 63), { user, provider, subject });
    await this.options.audit.record({
      principal: { type: 'system', name: 'sign-in' },
      action: 'login.map',
      outcome: 'allowed',
      details: { user, provider },
    });
  }

  private async create(kind: Kind, name: string, spec: object): Promise<void> {
    const metadata = { name, namespace: PLATFORM_NAMESPACE };
    await this.options.client.create(kind, { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec });
    await this.options.directory.catchUp();
  }
}
