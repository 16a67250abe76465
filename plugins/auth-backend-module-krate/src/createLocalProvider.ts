import { AuthenticationError, NotFoundError } from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  AuthResolverContext,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import type { Request } from 'express';
import { issueIdentity } from './issueIdentity';
import { SessionCookie } from './SessionCookie';

/** Carries the token of a sign-in link once. The link has it in its fragment, so that no log and no proxy sees it. */
export const SIGN_IN_HEADER = 'x-krate-sign-in';
const SESSION_SECONDS = 30 * 24 * 60 * 60;

type Person = Extract<Principal, { type: 'user' }>;

/**
 * Signs people in without an identity provider. `refresh` redeems the token of a single-use link and begins a session of 30
 * days, or goes on with the session of the cookie; each time it issues a Backstage token. `logout` ends the session.
 */
export function createLocalProvider(options: {
  /** Of the auth plugin, for the cookie's path. */
  baseUrl: string;
  resolverContext: AuthResolverContext;
  controlPlane(): Promise<ControlPlane>;
}): AuthProviderRouteHandlers {
  const cookie = new SessionCookie(options.baseUrl, SESSION_SECONDS);

  async function bySignInToken(controlPlane: ControlPlane, request: Request): Promise<Person | undefined> {
    const token = request.header(SIGN_IN_HEADER);
    const record = token ? await controlPlane.tokens.redeem(token) : undefined;
    return record?.principal.type === 'user' ? record.principal : undefined;
  }

  async function bySession(controlPlane: ControlPlane, request: Request): Promise<Person | undefined> {
    const token = cookie.read(request);
    const record = token ? await controlPlane.tokens.verify(token) : undefined;
    return record?.purpose === 'session' && record.principal.type === 'user' ? record.principal : undefined;
  }

  return {
    async start() {
      throw new NotFoundError(
        'Open the sign-in link that Krate printed; this provider has no page of its own',
      );
    },

    async frameHandler() {
      throw new NotFoundError(
        'Open the sign-in link that Krate printed; this provider has no page of its own',
      );
    },

    async refresh(request, response) {
      assertFromScript(request);
      const controlPlane = await options.controlPlane();
      const arrived = await bySignInToken(controlPlane, request);
      const person = arrived ?? (await bySession(controlPlane, request));
      if (!person)
        throw new AuthenticationError('You are not signed in, or the link was used already or has expired');
      if (arrived) {
        const { token } = await controlPlane.tokens.issue({
          principal: arrived,
          purpose: 'session',
          description: `Browser: ${request.header('user-agent')?.slice(0, 120) ?? 'unknown'}`,
          expiresInSeconds: SESSION_SECONDS,
        });
        cookie.write(response, token);
        await controlPlane.audit({ principal: arrived, action: 'sign-in', outcome: 'allowed' });
      }
      response.set('Cache-Control', 'no-store').json({
        profile: { displayName: person.name },
        providerInfo: {},
        backstageIdentity: prepareBackstageIdentityResponse(
          await issueIdentity(controlPlane, options.resolverContext, person),
        ),
      });
    },

    async logout(request, response) {
      assertFromScript(request);
      const token = cookie.read(request);
      const { tokens, audit } = await options.controlPlane();
      const record = token ? await tokens.verify(token) : undefined;
      if (record) {
        await tokens.revoke(record.id);
        await audit({ principal: record.principal, action: 'sign-out', outcome: 'allowed' });
      }
      cookie.clear(response);
      response.status(200).end();
    },
  };
}

/** A form or link of another site cannot set this header, which Backstage's own client always sends. */
function assertFromScript(request: Request): void {
  if (request.header('x-requested-with') === 'XMLHttpRequest') return;
  throw new AuthenticationError('The header X-Requested-With is missing');
}
