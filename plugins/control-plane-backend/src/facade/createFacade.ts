import { currentRequestId, FacadeContext, FacadeRoute, requestIds } from '@krate/plugin-control-plane-node';
import { ApiError, EventStream, JsonObject, openApiOf, Route, RouteAnswer } from '@krate/resource-model';
import type { Handler, Request, Response } from 'express';
import { sendText } from '../api/respond';
import { errorBodyOf } from './errorBodyOf';
import { FacadeActions } from './FacadeActions';
import { FacadeServices } from './FacadeServices';
import { organizationContext } from './organizationContext';
import { organizationNamed } from './organizationNamed';
import { ownRoutes } from './ownRoutes';
import { readInput } from './readInput';
import { RouteTable } from './RouteTable';
import { sendEvents } from './sendEvents';

/*
 * The REST facade: a request's way.
 *
 *   request id → route → credentials → organization → input → handler → answer
 *
 * What holds. A handler acts as the caller through the resource service and has no other way, so admission and
 * authorization are those of the Kubernetes API. Every answer has the request's id; every refusal has one form, and a fault
 * of the server tells the caller nothing but that id. Only routes that say so are answered without credentials.
 */

/** The REST facade, ready to be mounted. */
export interface Facade {
  /** Below `/api`, and on the TLS listener as well. */
  mounts: { path: string; handler: Handler }[];
  /** Health at the root of the portal; on the TLS listener these paths are the Kubernetes API's. */
  health: { path: string; handler: Handler }[];
  /** The routes that are offered as actions too. */
  actions: FacadeActions;
  /** Ends open event streams and refuses later ones. */
  close(): void;
}

/** The context of a call that came as a request. */
type RequestContext = FacadeContext & { request: Request };

const MOUNTS = ['/api/orgs', '/api/controller', '/api/openapi.json'];
const HEALTH = ['/healthz', '/livez', '/readyz'];
const DEFAULT_HEARTBEAT_MS = 30_000;

export function createFacade(services: FacadeServices): Facade {
  const stopping = new AbortController();
  const served: { document: JsonObject } = { document: {} };
  const routes: FacadeRoute[] = [
    ...ownRoutes(services, () => served.document),
    ...services.contributions.flatMap(({ routes: own = [] }) => own),
  ];
  served.document = openApiOf({
    routes: routes.map(({ route }) => route),
    kinds: services.kinds.all(),
  });
  const table = new RouteTable(routes);

  const respond: Handler = (request, response) => {
    const correlationId = currentRequestId()!;
    response.set('Cache-Control', 'no-store');
    const logger = services.logger.child({ correlationId });
    answer(request, response, { correlationId, logger }).catch(error =>
      refuse(response, error, { correlationId, logger }),
    );
  };
  const handler: Handler = (request, response, next) =>
    requestIds(request, response, () => respond(request, response, next));

  async function answer(
    request: Request,
    response: Response,
    { correlationId, logger }: Pick<FacadeContext, 'correlationId' | 'logger'>,
  ): Promise<void> {
    const [path, search = ''] = request.originalUrl.split('?', 2);
    const match = table.match(request.method, path);
    if (!('route' in match)) throw unmatched(request, response, path, match.allowed);
    const { route, handle } = match.route;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const principal = route.open ? ({ type: 'anonymous' } as const) : await callerOf(services, request);
    const base: RequestContext = {
      ...{ principal, request, correlationId, logger, kinds: services.kinds },
      client: services.clientFor(principal),
      signal: AbortSignal.any([gone.signal, stopping.signal]),
    };
    const { org, ...params } = match.params;
    const context: RequestContext =
      org === undefined
        ? base
        : { ...(await organizationContext(services, base, organizationNamed(org))), request };
    const input = await readInput(route, request, params, new URLSearchParams(search));
    const { status, body } = await handle(context as never, input as never);
    if (isStream(route, status)) await stream(context, response, body as EventStream);
    else await sendText(response, status, shown(body));
  }

  async function stream(context: RequestContext, response: Response, body: EventStream): Promise<void> {
    await sendEvents(response, body, {
      heartbeatMs: services.heartbeatMs ?? DEFAULT_HEARTBEAT_MS,
      holds: () => stillHolds(services, context),
    });
  }

  const at = (path: string) => ({ path, handler });
  return {
    mounts: MOUNTS.map(at),
    health: HEALTH.map(at),
    actions: new FacadeActions(services, routes),
    close: () => stopping.abort(),
  };
}

/** Who manages which field is for programs that apply, and they speak the Kubernetes API. */
function shown(body: unknown): string {
  return JSON.stringify(body, function leaveOut(this: object, key: string, value: unknown) {
    return key === 'managedFields' && 'resourceVersion' in this ? undefined : value;
  });
}

async function callerOf(services: FacadeServices, request: Request) {
  const principal = await services.authenticate(request);
  if (principal.type !== 'anonymous') return principal;
  throw new ApiError('Unauthorized', 'Send a token as "Authorization: Bearer …"; `krate login` makes one');
}

/** Whether the credentials of an open stream are still good and still those of the same caller. What cannot be asked now is asked again. */
async function stillHolds(
  services: FacadeServices,
  { principal, request }: RequestContext,
): Promise<boolean> {
  const org = /^\/api\/orgs\/([^/?]+)/.exec(request.originalUrl)?.[1];
  try {
    const now = await services.authenticate(request);
    if (JSON.stringify(now) !== JSON.stringify(principal)) return false;
    if (!org || principal.type !== 'user') return true;
    if (await services.isPlatformAdministrator(principal)) return true;
    const memberships = await services.organizationsOf(principal);
    return memberships.some(({ organization, role }) => organization === org && role !== undefined);
  } catch (error) {
    return !(error instanceof Error) || !isRefusedCredential(error);
  }
}

function isRefusedCredential(error: Error): boolean {
  return (
    error.name === 'AuthenticationError' || (error instanceof ApiError && error.reason === 'Unauthorized')
  );
}

function isStream(route: Route, status: number): boolean {
  return (route.answers as Record<number, RouteAnswer>)[status]?.contentType === 'text/event-stream';
}

function unmatched(request: Request, response: Response, path: string, allowed: string[]): ApiError {
  if (allowed.length === 0)
    return new ApiError(
      'NotFound',
      `There is no ${request.method} ${path.slice(0, 200)}; see /api/openapi.json`,
    );
  response.set('Allow', allowed.join(', '));
  return new ApiError('MethodNotAllowed', `This path takes ${allowed.join(', ')}`);
}

function refuse(
  response: Response,
  error: unknown,
  { correlationId, logger }: Pick<FacadeContext, 'correlationId' | 'logger'>,
): void {
  if (response.destroyed) return;
  const known = knownRefusal(error);
  if (!known) logger.error('A request of the REST facade failed', asError(error));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const refusal =
    known ?? new ApiError('InternalError', 'Something went wrong here: the log of the server says more');
  const { retryAfterSeconds } = refusal.details;
  if (retryAfterSeconds) response.set('Retry-After', String(retryAfterSeconds));
  if (refusal.code === 401) response.set('WWW-Authenticate', 'Bearer realm="krate"');
  // A store that is behind is no gateway: to a caller of the facade it is not available yet.
  const status = refusal.reason === 'Timeout' ? 503 : refusal.code;
  response.status(status).json(errorBodyOf(refusal, correlationId));
}

function knownRefusal(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error.reason === 'InternalError' ? undefined : error;
  // Backstage's own refusal of a token; its message may tell more than a stranger should know.
  if (error instanceof Error && error.name === 'AuthenticationError')
    return new ApiError('Unauthorized', 'The token is not valid, or has expired; sign in again');
  return undefined;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
