import { performance } from 'node:perf_hooks';
import { ApiError } from '@krate/resource-model';
import { Principal } from '@krate/plugin-control-plane-node';
import express, { Request, Response, Router } from 'express';
import { ApiCall, ResourceCall } from './ApiCall';
import { ApiContext, ApiRouterOptions } from './ApiContext';
import { countsRoute } from './countsRoute';
import { discoveryRoute } from './discoveryRoutes';
import { healthRoute } from './healthRoutes';
import { notFoundPath } from './notFoundPath';
import { openApiRoute } from './openApiRoutes';
import { OpenWatches } from './OpenWatches';
import { resolvePath } from './resolvePath';
import { sendError } from './respond';
import { reviewRoute } from './reviewRoutes';
import { dispatch } from './routes/dispatch';
import { verbOf } from './verbOf';

/** The HTTP face of the resource API. */
export interface ApiRouter {
  /** Serves the Kubernetes API below its mount. Bodies must not have been read by a parser before. */
  router: Router;
  /** How many watches are open. */
  watches(): number;
  /** Ends every watch in good order, and later ones at once. Called when the server stops, before its sockets close. */
  closeWatches(): void;
}

/**
 * The Kubernetes API over HTTP, as kubectl and client libraries expect it: discovery, OpenAPI v3, reviews of oneself, health, and
 * every verb on every installed kind. Only health and the version need no sign-in. Every refusal is a Status.
 */
export function createApiRouter(options: ApiRouterOptions): ApiRouter {
  const context: ApiContext = {
    now: () => new Date(),
    controllersOf: () => undefined,
    readiness: {},
    answered: () => {},
    bookmarkInterval: 30_000,
    recheckInterval: 30_000,
    stallTimeout: 30_000,
    ...options,
    watches: new OpenWatches(),
  };
  const router = express.Router();
  router.use((req, res) => {
    answer(context, req, res).catch(error => sendError(res, error, context.logger));
  });
  return { router, watches: () => context.watches.size, closeWatches: () => context.watches.closeAll() };
}

async function answer(context: ApiContext, req: Request, res: Response): Promise<void> {
  const { segments, query } = parseUrl(req);
  if (await healthRoute(context, req, res, segments)) return;
  const principal = await authenticate(context, req);
  const call: ApiCall = { context, req, res, principal, query };
  const path = resolvePath(context.kinds, segments);
  if (path) {
    whenAnswered({ ...call, path });
    await dispatch({ ...call, path });
    return;
  }
  if (principal.type === 'anonymous') throw unauthorized();
  if (await discoveryRoute(call, segments)) return;
  if (await openApiRoute(call, segments)) return;
  if (await countsRoute(call, segments)) return;
  if (await reviewRoute(call, segments)) return;
  throw notFoundPath();
}

function whenAnswered(call: ResourceCall): void {
  const { context, res, path } = call;
  const start = performance.now();
  res.once('close', () =>
    context.answered({
      verb: verbOf(call),
      resource: path.kind.resource,
      code: res.headersSent ? res.statusCode : 0,
      seconds: (performance.now() - start) / 1000,
    }),
  );
}

function parseUrl(req: Request): { segments: string[]; query: URLSearchParams } {
  const [path, search = ''] = req.url.split('?', 2);
  const parts = path.replace(/^\/+|\/+$/g, '').split('/');
  try {
    return { segments: parts.map(decodeURIComponent), query: new URLSearchParams(search) };
  } catch {
    throw new ApiError('BadRequest', 'The path is not validly encoded');
  }
}

async function authenticate({ authenticate: identify }: ApiContext, req: Request): Promise<Principal> {
  try {
    return await identify(req);
  } catch (error) {
    // Backstage's own refusal of a token; its message may tell more than a stranger should know.
    if (error instanceof Error && error.name === 'AuthenticationError') throw unauthorized();
    throw error;
  }
}

function unauthorized(): ApiError {
  return new ApiError('Unauthorized', 'Unauthorized: send a valid token or client certificate');
}
