import { LoggerService } from '@backstage/backend-plugin-api';
import { StreamKey, StreamService } from '@krate/plugin-control-plane-node';
import { ApiError, KindRegistry } from '@krate/resource-model';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { ResourceService } from '../resources';
import { drained } from '../runtime/drained';
import { statusErrors } from '../runtime/statusErrors';
import { resolveStream } from './resolveStream';

const PIECE_BYTES = 1024 * 1024;

/**
 * `GET /streams/<resource>/<namespace>/<name>/<stream>?offset=&follow=1`: the bytes of an object's stream, for whoever may
 * get the object. With `follow` the answer lasts until the stream is sealed.
 */
export function createStreamRouter(options: {
  streams: StreamService;
  service: ResourceService;
  kinds: KindRegistry;
  authenticator: Authenticator;
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
    await send(response, request.query.follow ? follow(key, offset, response) : all(key, offset));
  });

  async function* all(key: StreamKey, from: number): AsyncIterable<Buffer> {
    for (let offset = from; ;) {
      const { data } = await options.streams.read(key, { offset, maxBytes: PIECE_BYTES });
      if (data.length === 0) return;
      yield data;
      offset += data.length;
    }
  }

  async function* follow(key: StreamKey, offset: number, response: Response): AsyncIterable<Buffer> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, options.stopping]);
    for await (const { data } of options.streams.follow(key, { offset, signal })) yield data;
  }

  router.use(statusErrors(options.logger));
  return router;
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
