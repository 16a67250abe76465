import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError } from '@krate/resource-model';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignInProvider } from '../config';
import { statusErrors } from '../runtime/statusErrors';
import { Authenticator } from './Authenticator';

const PATIENCE_MS = 3_000;

/**
 * `GET /sign-in`: the ways to sign in, for everybody (the sign-in page asks before anybody is known). `GET /sign-in/status`:
 * also whether each works, for whoever is signed in. Neither says a client's secret, nor its id.
 */
export function createSignInRouter(options: {
  providers: readonly SignInProvider[];
  authenticator: Authenticator;
  logger: LoggerService;
}): Router {
  const { providers, authenticator, logger } = options;
  const router = PromiseRouter();

  router.get('/sign-in', (_request, response) => {
    response.json({ providers: providers.map(({ id, title }) => ({ id, title })) });
  });

  router.get('/sign-in/status', async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    const items = await Promise.all(
      providers.map(async ({ metadataUrl, ...provider }) => ({
        ...provider,
        ...(await stateOf(provider, metadataUrl)),
      })),
    );
    response.json({ items });
  });

  router.use(statusErrors(logger));
  return router;
}

async function stateOf(
  { complete }: Pick<SignInProvider, 'complete'>,
  metadataUrl: string | undefined,
): Promise<{ works: boolean; message: string }> {
  if (!complete) return { works: false, message: 'The app-config lacks its client id or secret' };
  if (!metadataUrl) return { works: true, message: 'It is configured' };
  try {
    const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { works: false, message: `Its metadata answers ${response.status}` };
    const { issuer } = (await response.json()) as { issuer?: string };
    return issuer
      ? { works: true, message: `The issuer ${issuer} answers` }
      : { works: false, message: 'Its metadata names no issuer' };
  } catch (error) {
    return { works: false, message: `Its metadata cannot be read: ${(error as Error).message}` };
  }
}
