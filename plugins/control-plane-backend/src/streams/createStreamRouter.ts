import { LoggerService } from '@backstage/backend-plugin-api';
import { drained, StreamKey, StreamService } from '@krate/plugin-control-plane-node';
import { ApiError, KindRegistry } from '@krate/resource-model';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { ResourceService } from '../resources';
import { statusErrors } from '../runtime/statusErrors';
import { resolveStream } from './resolveStream';

const PIECE_BYTES = 1024 * 1024;
const RECHECK_MS = 15_000;

/**
 * `GET /streams/<resource>/<namespace>/<name>/<stream>?offset=&follow=1`: the bytes of an object's stream, for whoever may
 * get the object. With `follow` the answer lasts until the stream is sealed.
 */
export function createStreamRouter(options: {
  streams: StreamService;
  service: ResourceService;
  kinds: KindRegistry;
  authenticator: Authenticator;
  /** How often a follower is asked again whether it may read, in milliseconds. Default 15 s. */
  recheckMs?: number;
  /** Aborted when the server stops. */
  stopping: AbortSignal;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();
  router.get('/streams/:resource/:namespace/:name/:stream', async (request, response) => {
    const { principal } = await options.authenticator.authenticate(request);
    const { resource, namespace, name, stream } = request.params;
    const key = await resolveStream(options, principal, { resource, namespace, name, stream });
    const offset = offsetOf(request);
    const summary = await options.streams.stat(key);
    if (!summary) throw new ApiError('NotFound', `The object has no stream "${stream}"`);
    response.status(200).set({
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Content-Type-Options': 'nosniff',
      'X-Krate-Stream-Length': String(summary.length),
      'X-Krate-Stream-Sealed': String(summary.sealed),
    });
    response.flushHeaders();
    const mayRead = async () => {
      const { principal: still } = await options.authenticator.authenticate(request);
      await resolveStream(options, still, { resource, namespace, name, stream });
    };
    await send(response, request.query.follow ? follow(key, offset, response, mayRead) : all(key, offset));
  });

  async function* all(key: StreamKey, from: number): AsyncIterable<Buffer> {
    for (let offset = from; ;) {
      const { data } = await options.streams.read(key, { offset, maxBytes: PIECE_BYTES });
      if (data.length === 0) return;
      yield data;
      offset += data.length;
    }
  }

  /** Ends as well when the follower may no longer read: it asks again, and is told. */
  async function* follow(
    key: StreamKey,
    offset: number,
    response: Response,
    mayRead: () => Promise<void>,
  ): AsyncIterable<Buffer> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, options.stopping]);
    const recheck = setInterval(() => {
      mayRead().catch(error => isRefusal(error) && gone.abort());
    }, options.recheckMs ?? RECHECK_MS);
    try {
      for await (const { data } of options.streams.follow(key, { offset, signal })) yield data;
    } finally {
      clearInterval(recheck);
    }
  }

  router.use(statusErrors(options.logger));
  return router;
}

/** A store that does not answer for a moment takes nobody's right away. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && ['Unauthorized', 'Forbidden', 'NotFound'].includes(error.reason);
}

async function send(response: Response, pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

function offsetOf(request: Request): number {
  const offset = Number(request.query.offset ?? 0);
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new ApiError('BadRequest', '"offset" is a number of bytes');
}
