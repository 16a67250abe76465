import { randomUUID } from 'node:crypto';
import type { Request } from 'express';

const USABLE = /^[-A-Za-z0-9._:]{1,128}$/;

/** The caller's own name for the request, where it is fit for a header and a log line; otherwise a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && USABLE.test(given) ? given : randomUUID();
}
