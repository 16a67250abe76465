import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CREATED_BY_ANNOTATION,
  Invite,
  namespaceOf,
  Organization,
  organizationOf,
  PLATFORM_NAMESPACE,
} from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditTrail } from '../audit/AuditTrail';
import { Authenticator } from '../identity/Authenticator';
import { Authorizer } from '../identity/Authorizer';
import { DatabaseTokenService } from '../identity/DatabaseTokenService';
import { statusErrors, textIn } from '../runtime/statusErrors';
import { accept, Acceptances, givenInvitation, openInvitation, takeLogin } from './acceptInvitation';
import { invitationUrl } from './invitationUrl';
import { invitePhase } from './invitePhase';

/** The sign-in of somebody new follows at once, in the same browser. */
const SIGN_IN_SECONDS = 5 * 60;
/** How long an answer waits for the member to be made. */
const PATIENCE_MS = 10_000;

/** When an invitation was accepted: its change is what wakes the reconciler. */
const ANSWERED_ANNOTATION = 'krate.a5c.ai/answered-at';

/** What the routes need of the rest. */
export interface InvitationRoutes extends Acceptances {
  authenticator: Authenticator;
  authorizer: Authorizer;
  tokens: DatabaseTokenService;
  audit: AuditTrail;
  logger: LoggerService;
  /** Of the portal, without a trailing slash. */
  portalUrl: string;
  /** Whether people sign in with links here, so that somebody new can choose a user name. */
  localSignIn: boolean;
  /** Whether invitations are sent by mail here. */
  mails: boolean;
}

/**
 * The links of invitations. `GET /invitations` says whether they are mailed. `POST /invitations/link` makes one, which is answered this once; `preview` says what it
 * offers, `accept` spends it. The token travels in bodies only, and in the fragment of the link, which no log sees.
 */
export function createInvitationRouter(options: InvitationRoutes): Router {
  const { authenticator, authorizer, tokens, audit, client, links, logger } = options;
  const router = PromiseRouter();
  const json = express.json({ limit: '16kb' });

  router.post('/invitations/link', json, async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    const organization = textIn(request, 'organization') ?? '';
    const name = textIn(request, 'name') ?? '';
    const namespace = namespaceOf(organization);
    const { group, plural: resource } = Invite;
    const decision = await authorizer.authorize(principal, {
      verb: 'update',
      group,
      resource,
      namespace,
      name,
    });
    const entry = { principal, action: 'invite.link', organization, resource: `Invite/${namespace}/${name}` };
    if (!decision.allowed) {
      await audit.record({ ...entry, outcome: 'denied', details: { reason: decision.reason } });
      throw new ApiError('Forbidden', `You may not make a link: ${decision.reason}`);
    }
    const invite = await client.get(Invite, { namespace, name });
    if (!invite) throw new ApiError('NotFound', `There is no invitation called ${name}`);
    const phase = invitePhase(invite, { accepted: false, now: options.now() });
    if (phase !== 'Pending')
      throw new ApiError('Conflict', `The invitation is ${phase.toLowerCase()}; make a new one`);
    const token = await links.make(invite);
    await audit.record({ ...entry, outcome: 'allowed', details: { uid: invite.metadata.uid } });
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ link: invitationUrl(options.portalUrl, token), expiresAt: invite.status?.expiresAt });
  });

  router.get('/invitations', async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    response.json({ mails: options.mails });
  });

  router.post('/invitations/preview', json, async (request, response) => {
    const invite = await openInvitation(options, textIn(request, 'token') ?? '');
    const organization = organizationOf(invite.metadata.namespace) ?? '';
    const found = await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: organization });
    response.set('Cache-Control', 'no-store').json({
      organization,
      displayName: found?.spec.displayName ?? organization,
      email: invite.spec.email,
      invited: invite.spec.displayName,
      role: invite.spec.role,
      teams: invite.spec.teams,
      message: invite.spec.message,
      invitedBy: invite.metadata.annotations?.[CREATED_BY_ANNOTATION],
      expiresAt: invite.status?.expiresAt,
      localSignIn: options.localSignIn,
    });
  });

  router.post('/invitations/accept', json, async (request, response) => {
    const token = textIn(request, 'token') ?? '';
    const displayName = textIn(request, 'displayName')?.trim().slice(0, 120) || undefined;
    const known = await personOf(request);
    const login = known ?? (await newPerson(request, token, displayName));
    const { invite, user } = await accept(options, { token, login, displayName });
    const { namespace = '', name, uid } = invite.metadata;
    const principal: Principal = { type: 'user', name: login };
    await audit.record({
      principal,
      action: 'invite.accept',
      outcome: 'allowed',
      organization: organizationOf(namespace),
      resource: `Invite/${namespace}/${name}`,
      details: { uid, user },
    });
    // Seen by whichever process the reconcilers run in.
    const annotations = { [ANSWERED_ANNOTATION]: options.now().toISOString() };
    await client.patch(Invite, { namespace, name }, { metadata: { annotations } });
    await untilMade(invite);
    const signIn = known ? undefined : await signInToken(login);
    response
      .set('Cache-Control', 'no-store')
      .json({ organization: organizationOf(namespace), user, login, ...(signIn && { signIn }) });
  });

  async function personOf(request: Request): Promise<string | undefined> {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type === 'anonymous') return undefined;
    if (principal.type === 'user' && !principal.limits) return principal.name;
    throw new ApiError('Forbidden', 'Accept an invitation as a person, signed in to the portal');
  }

  async function newPerson(request: Request, token: string, displayName?: string): Promise<string> {
    if (!options.localSignIn)
      throw new ApiError('Unauthorized', 'Sign in first, then open the invitation again');
    const invite = await givenInvitation(options, token);
    const login = (textIn(request, 'userName') ?? '').trim();
    const name = displayName ?? invite.spec.displayName ?? login;
    await takeLogin(options, { login, displayName: name, email: invite.spec.email });
    return login;
  }

  async function signInToken(login: string): Promise<string> {
    const issued = await tokens.issue({
      principal: { type: 'user', name: login },
      purpose: 'sign-in',
      description: 'First sign-in after an invitation',
      expiresInSeconds: SIGN_IN_SECONDS,
    });
    return issued.token;
  }

  /** The acceptance is written down; where making the member takes longer, the portal shows it a moment later. */
  async function untilMade({ metadata: { namespace, name } }: Invite): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const now = await client.get(Invite, { namespace, name });
      if (!now || now.status?.phase === 'Accepted') return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    logger.warn(`The member of the invitation ${namespace}/${name} is not made yet`);
  }

  router.use(statusErrors(logger));
  return router;
}
