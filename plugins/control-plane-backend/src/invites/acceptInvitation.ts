import { ResourceClient } from '@krate/controller-runtime';
import {
  BACKSTAGE_PROVIDER,
  CREATED_BY_ANNOTATION,
  IdentityMapping,
  Invite,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ApiError } from '@krate/resource-model';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';
import { userNameOf } from '../reconcilers/userNameOf';
import { InvitationLinks } from './InvitationLinks';
import { invitePhase } from './invitePhase';

const LOGIN = /^[A-Za-z0-9][-A-Za-z0-9_.]{0,49}$/;

/** What acceptance needs of the rest. */
export interface Acceptances {
  links: InvitationLinks;
  /** With the system's rights. */
  client: ResourceClient;
  directory: Directory;
  /** Logins nobody may take: the administrator that every start makes. */
  reserved: readonly string[];
  now(): Date;
}

/** The open invitation of a link. Every reason why there is none reads the same to whoever guesses. */
export async function openInvitation({ links, client, now }: Acceptances, token: string): Promise<Invite> {
  const found = await links.find(token);
  const invite = found && (await client.get(Invite, { namespace: found.namespace, name: found.name }));
  const open =
    invite?.metadata.uid === found?.uid &&
    invite &&
    !invite.metadata.deletionTimestamp &&
    invitePhase(invite, { accepted: false, now: now() }) === 'Pending';
  if (open) return invite;
  throw new ApiError(
    'NotFound',
    'This invitation was accepted already, was taken back, or has expired; ask for a new one',
  );
}

/**
 * The open invitation of a link, if whoever made it can still give what it promises: asked before anything is made.
 */
export async function givenInvitation(parts: Acceptances, token: string): Promise<Invite> {
  const invite = await openInvitation(parts, token);
  await parts.directory.catchUp();
  assertStillGiven(parts.directory, invite);
  return invite;
}

/**
 * Accepts as somebody who has a login. Written down first; the reconciler makes the member from that.
 */
export async function accept(
  parts: Acceptances,
  { token, login, displayName }: { token: string; login: string; displayName?: string },
): Promise<{ invite: Invite; user: string }> {
  const invite = await givenInvitation(parts, token);
  const { namespace = '' } = invite.metadata;
  const { directory, links } = parts;
  const user = directory.memberIn(namespace, login)?.user ?? freeUserName(directory, namespace, login);
  const name = displayName || invite.spec.displayName || login;
  if (await links.spend(token, { login, user, displayName: name })) return { invite, user };
  throw new ApiError('NotFound', 'This invitation was accepted a moment ago; ask for a new one');
}

/** Takes a login for somebody new, in the platform's namespace: of two who want the same one gets it. */
export async function takeLogin(
  { client, directory, reserved }: Acceptances,
  { login, displayName, email }: { login: string; displayName: string; email?: string },
): Promise<void> {
  if (!LOGIN.test(login)) {
    throw new ApiError(
      'BadRequest',
      'A user name begins with a letter or digit, and has letters, digits, ".", "-" and "_", 50 at most',
    );
  }
  const taken = new ApiError('Conflict', `The user name ${login} is taken; choose another`);
  await directory.catchUp();
  if (isReserved(reserved, login) || directory.knowsLogin(login)) throw taken;
  const user = userNameOf(login);
  const metadata = { name: user, namespace: PLATFORM_NAMESPACE };
  try {
    await client.create(User, manifest(User, metadata, { displayName, ...(email && { email }) }));
    const spec = { user, provider: BACKSTAGE_PROVIDER, subject: login };
    await client.create(IdentityMapping, manifest(IdentityMapping, metadata, spec));
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'AlreadyExists') throw taken;
    throw error;
  }
}

function isReserved(reserved: readonly string[], login: string): boolean {
  return reserved.some(name => userNameOf(name) === userNameOf(login));
}

function assertStillGiven(directory: Directory, { metadata, spec }: Invite): void {
  const inviter = metadata.annotations?.[CREATED_BY_ANNOTATION] ?? '';
  // A component of Krate is recorded with a colon, which no login has; it invites on somebody's behalf.
  if (inviter.startsWith('system:')) return;
  const role = includes(directory.platformRole(inviter), 'admin')
    ? 'admin'
    : directory.roleIn(metadata.namespace ?? '', inviter);
  if (includes(role, spec.role) && includes(role, 'admin')) return;
  throw new ApiError(
    'Forbidden',
    'Whoever invited you may not do so any more; ask an admin of the organization for a new invitation',
  );
}

function freeUserName(directory: Directory, namespace: string, login: string): string {
  const base = userNameOf(login);
  const names = new Set(directory.objects<User>(User.plural, namespace).map(({ metadata }) => metadata.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!names.has(name)) return name;
  }
}

function manifest(kind: typeof User | typeof IdentityMapping, metadata: object, spec: object): any {
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec };
}
