import { LoggerService } from '@backstage/backend-plugin-api';
import { StreamService } from '@krate/plugin-control-plane-node';
import { ApiError, KindRegistry } from '@krate/resource-model';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { Authorizer } from '../identity/Authorizer';
import { DatabaseTokenService } from '../identity/DatabaseTokenService';
import { ResourceService } from '../resources';
import { statusErrors } from '../runtime/statusErrors';
import { LiveConnection } from './LiveConnection';
import { LiveRequest, parseLiveRequest } from './liveRequests';
import { objectFeed } from './objectFeed';
import { streamFeed } from './streamFeed';

const HEARTBEAT_MS = 15_000;
/** How many beats a tab may leave unread. */
const MISSED_BEATS = 4;

/** The live connections of this process. */
export interface Live {
  router: Router;
  /** Open connections. */
  size(): number;
  /** Ends all of them; later ones are refused. */
  close(): void;
}

/*
 * All live data of a browser tab over one connection (browsers allow six per host, shared by all tabs):
 *
 *   GET  /live         one JSON object per line; the first is {type: 'connected', id}
 *   POST /live/<id>    {subscribe: [{id, …}], unsubscribe: [id, …]}, by the principal that opened it
 *
 * Every subscription is authorized when it starts and again at each heartbeat; the connection ends with its credential.
 */
export function createLiveRouter(options: {
  service: ResourceService;
  kinds: KindRegistry;
  authorizer: Authorizer;
  authenticator: Authenticator;
  tokens: DatabaseTokenService;
  streams: StreamService;
  logger: LoggerService;
  heartbeatMs?: number;
}): Live {
  const { authenticator, logger, tokens } = options;
  const connections = new Map<string, LiveConnection>();
  let closing = false;

  const router = PromiseRouter();
  router.get('/live', async (request, response) => {
    const authenticated = await authenticator.authenticate(request);
    if (authenticated.principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    if (closing) throw new ApiError('ServiceUnavailable', 'The server is stopping', { retryAfterSeconds: 1 });
    const connection = new LiveConnection(response, authenticated, logger);
    connections.set(connection.id, connection);
    response.once('close', () => connections.delete(connection.id));
    connection.open();
  });

  router.post('/live/:id', express.json({ limit: '256kb' }), async (request, response) => {
    const connection = await connectionOf(request);
    apply(connection, parseLiveRequest(request.body));
    response.status(204).end();
  });

  /** Whose connection an id is, nobody else learns. */
  async function connectionOf(request: Request): Promise<LiveConnection> {
    const { principal } = await authenticator.authenticate(request);
    const connection = connections.get(request.params.id);
    if (connection && JSON.stringify(connection.principal) === JSON.stringify(principal)) return connection;
    throw new ApiError('NotFound', 'There is no such live connection; open a new one');
  }

  function apply(connection: LiveConnection, { subscribe, unsubscribe }: LiveRequest): void {
    unsubscribe.forEach(id => connection.unsubscribe(id));
    for (const subscription of subscribe) {
      const feed =
        'stream' in subscription
          ? streamFeed(options, connection.principal, subscription)
          : objectFeed(options, connection.principal, subscription);
      connection.subscribe(subscription.id, feed);
    }
  }

  /** Connections whose last beat is still on its way, and how many were left out since. */
  const waiting = new Map<LiveConnection, number>();

  /** A tab that does not read keeps its beat waiting: no second one joins it, and after some time it is cut off. */
  async function beatOnce(connection: LiveConnection): Promise<void> {
    const missed = waiting.get(connection);
    if (missed !== undefined) {
      waiting.set(connection, missed + 1);
      if (missed + 1 >= MISSED_BEATS) connection.cutOff();
      return;
    }
    waiting.set(connection, 0);
    await beat(connection).finally(() => waiting.delete(connection));
  }

  async function beat(connection: LiveConnection): Promise<void> {
    const { token, expiresAt } = connection.authenticated;
    const expired = expiresAt !== undefined && expiresAt.getTime() <= Date.now();
    if (expired || (token && !(await tokens.isValid(token.id)))) connection.close();
    else await connection.heartbeat();
  }

  const timer = setInterval(() => {
    for (const connection of connections.values()) {
      beatOnce(connection).catch(error => logger.error('The heartbeat of a live connection failed', error));
    }
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  timer.unref();

  router.use(statusErrors(logger));
  return {
    router,
    size: () => connections.size,
    close: () => {
      closing = true;
      clearInterval(timer);
      connections.forEach(connection => connection.close());
    },
  };
}
