import { LoggerService } from '@backstage/backend-plugin-api';
import { Membership, Principal, principalName, TokenRecord } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import express, { Request } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditTrail } from '../audit/AuditTrail';
import { statusErrors, textIn } from '../runtime/statusErrors';
import { Authenticator } from './Authenticator';
import { DatabaseTokenService } from './DatabaseTokenService';
import { kubeconfigOf } from './kubeconfigOf';
import { assertWrites, limitsIn, withLimits } from './tokenLimits';

const DAY_SECONDS = 24 * 60 * 60;
export const SIGN_IN_SECONDS = DAY_SECONDS;

type Person = Extract<Principal, { type: 'user' }>;

/** What the routes need of the rest. */
export interface IdentityRoutes {
  authenticator: Authenticator;
  tokens: DatabaseTokenService;
  audit: AuditTrail;
  logger: LoggerService;
  organizationsOf(principal: Principal): Promise<Membership[]>;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  /** Where kubectl finds the API; absent when it does not listen with TLS. */
  kubernetes(): { server: string; authority: string } | undefined;
  /** Of access tokens that do not say, and the longest. */
  lifetimes: { lifetimeSeconds: number; longestSeconds: number };
}

/** Signing in on a terminal, tokens, and who one is. Tokens are shown once, in the answer that made them. */
export function createIdentityRouter(options: IdentityRoutes): express.Router {
  const { authenticator, tokens, audit, lifetimes, logger } = options;
  const router = PromiseRouter();
  const json = express.json({ limit: '64kb' });

  const personWithToken = async (request: Request) => {
    const { principal, token } = await authenticator.authenticate(request);
    if (principal.type === 'user') return { principal, token };
    throw principal.type === 'anonymous'
      ? new ApiError('Unauthorized', 'Sign in first')
      : new ApiError('Forbidden', 'Only people have tokens and a name of their own');
  };
  const person = async (request: Request) => (await personWithToken(request)).principal;

  router.post('/login', json, async (request, response) => {
    const record = await tokens.redeem(textIn(request, 'token') ?? '');
    if (!record)
      throw new ApiError(
        'Unauthorized',
        'The sign-in link was used already, or has expired; ask for a new one',
      );
    const { principal } = record;
    const issued = await tokens.issue({
      principal,
      purpose: 'access',
      description: textIn(request, 'description') ?? 'Signed in on a terminal',
      expiresInSeconds: secondsIn(request, lifetimes),
    });
    await audit.record({ principal, action: 'sign-in', outcome: 'allowed', details: { token: issued.id } });
    response.json({ token: issued.token, user: principalName(principal), expiresAt: issued.expiresAt });
  });

  router.get('/whoami', async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    response.json({
      type: principal.type,
      name: principalName(principal),
      ...(principal.type === 'user' ? { user: principal.name } : {}),
      platformAdministrator: await options.isPlatformAdministrator(principal),
      organizations: await options.organizationsOf(principal),
    });
  });

  router.get('/tokens', async (request, response) => {
    const { principal, token } = await personWithToken(request);
    const records = await tokens.list(principal);
    const items = records.map(record => ({ ...publicRecord(record), current: record.id === token?.id }));
    response.json({ items, lifetimes });
  });

  router.post('/tokens', json, async (request, response) => {
    const { principal, token: parent } = await personWithToken(request);
    assertWrites(principal);
    const signIn = textIn(request, 'purpose') === 'sign-in';
    const holder = signIn
      ? await otherPerson(request, principal)
      : withLimits(principal, await limitsIn(request, principal, options.organizationsOf));
    const issued = await tokens.issue({
      principal: holder,
      purpose: signIn ? 'sign-in' : 'access',
      description:
        textIn(request, 'description') ??
        (signIn ? `Sign-in link made by ${principal.name}` : 'Access token'),
      expiresInSeconds: notBeyond(parent, signIn ? SIGN_IN_SECONDS : secondsIn(request, lifetimes)),
    });
    const purpose = signIn ? 'sign-in' : 'access';
    const details = { token: issued.id, purpose, holder: holder.name, ...holder.limits };
    await audit.record({ principal, action: 'token.create', outcome: 'allowed', details });
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...issued, ...holder.limits });
  });

  router.delete('/tokens/:id', async (request, response) => {
    const principal = await person(request);
    assertWrites(principal);
    const { id } = request.params;
    const own = (await tokens.list(principal)).some(record => record.id === id);
    if (!own) throw new ApiError('NotFound', `You have no token ${id}`);
    await tokens.revoke(id);
    await audit.record({ principal, action: 'token.revoke', outcome: 'allowed', details: { token: id } });
    response.status(204).end();
  });

  router.get('/kubeconfig', async (request, response) => {
    // It makes a token though it is a GET, and a browser sends its cookie along for whoever asks.
    if (!/^bearer\s/i.test(request.headers.authorization ?? ''))
      throw new ApiError(
        'Unauthorized',
        'Send a token as "Authorization: Bearer …"; a browser’s session is not enough',
      );
    const { principal, token: parent } = await personWithToken(request);
    const cluster = options.kubernetes();
    if (!cluster)
      throw new ApiError(
        'NotFound',
        'The Kubernetes API does not listen with TLS here; see krate.api.enabled',
      );
    const issued = await tokens.issue({
      principal,
      purpose: 'access',
      description: 'kubeconfig',
      expiresInSeconds: notBeyond(parent, lifetimes.lifetimeSeconds),
    });
    await audit.record({
      principal,
      action: 'token.create',
      outcome: 'allowed',
      details: { token: issued.id, purpose: 'kubeconfig' },
    });
    const memberships = await options.organizationsOf(principal);
    response
      .type('application/yaml')
      .set('Cache-Control', 'no-store')
      .send(
        kubeconfigOf({
          ...cluster,
          user: principal.name,
          token: issued.token,
          namespaces: memberships.map(({ namespace }) => namespace),
        }),
      );
  });

  async function otherPerson(request: Request, principal: Person): Promise<Person> {
    const name = textIn(request, 'user') ?? principal.name;
    if (!/^[A-Za-z0-9][-A-Za-z0-9_.]{0,62}$/.test(name))
      throw new ApiError('BadRequest', '"user" must be a Backstage user name');
    if (await options.isPlatformAdministrator(principal)) return { type: 'user', name };
    const reason = 'Only a platform administrator makes sign-in links';
    await audit.record({
      principal,
      action: 'token.create',
      outcome: 'denied',
      details: { reason, holder: name },
    });
    throw new ApiError('Forbidden', reason);
  }

  router.use(statusErrors(logger));
  return router;
}

function secondsIn(
  request: Request,
  { lifetimeSeconds, longestSeconds }: IdentityRoutes['lifetimes'],
): number {
  const seconds = request.body?.expiresInSeconds ?? lifetimeSeconds;
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new ApiError('BadRequest', `"expiresInSeconds" must be a whole number from 1 to ${longestSeconds}`);
}

/** Seconds that end no later than the Krate token that asks: whoever found a short-lived one must not make it last. */
function notBeyond(parent: TokenRecord | undefined, seconds: number): number {
  if (!parent?.expiresAt) return seconds;
  return Math.max(1, Math.min(seconds, Math.floor((parent.expiresAt.getTime() - Date.now()) / 1000)));
}

function publicRecord({ principal, ...record }: TokenRecord) {
  const { id, purpose, description, createdAt, expiresAt, lastUsedAt } = record;
  const limits = principal.type === 'user' ? principal.limits : undefined;
  return { id, purpose, description, createdAt, expiresAt, lastUsedAt, ...limits };
}
