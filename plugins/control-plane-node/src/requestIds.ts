import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const USABLE = /^[-A-Za-z0-9._:]{1,128}$/;
const current = new AsyncLocalStorage<string>();

/**
 * Middleware that stands before everything else. Gives every request an id: the caller's own `x-request-id` where that is fit
 * for a header and a log line, otherwise a new one. The answer carries it, as `x-request-id` and, as from a kube-apiserver,
 * `Audit-Id`; so does every line that is logged on behalf of the request.
 */
export function requestIds(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && USABLE.test(given) ? given : randomUUID();
  request.headers['x-request-id'] = id;
  response.set({ 'x-request-id': id, 'Audit-Id': id });
  current.run(id, next);
}

/** The id of the request on whose behalf the calling code runs; undefined outside of requests. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
