import { createHash } from 'node:crypto';
import { Request, Response } from 'express';
import { ApiError } from '@krate/resource-model';
import { isSha, isTreePath } from '@krate/plugin-forge-node';

/** A 404 that says what is missing. */
export function notFound(message: string): ApiError {
  return new ApiError('NotFound', message);
}

/** The path a request asks for; empty: the root. */
export function pathOf({ query }: Request): string {
  const path = typeof query.path === 'string' ? query.path.replace(/\/+$/, '') : '';
  if (path !== '' && !isTreePath(path))
    throw new ApiError('BadRequest', 'A path is relative, with forward slashes, and never leaves the tree');
  return path;
}

/** A number of a query, between 0 and the greatest allowed. */
export function numberOf(value: unknown, otherwise: number, greatest: number): number {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : otherwise;
  return Math.min(number, greatest);
}

/** Names the answer by what it is made of; true when the caller has it already (and was told so). */
export function fresh(request: Request, response: Response, identity: string): boolean {
  const hash = isSha(identity) ? identity : createHash('sha256').update(identity).digest('hex').slice(0, 40);
  response.setHeader('etag', `"${hash}"`);
  // Not `request.fresh`: that gives in to clients that always ask for no caching, though the answer cannot differ.
  if (
    !(request.headers['if-none-match'] ?? '')
      .split(/\s*,\s*/)
      .some(tag => tag.replace(/^W\//, '') === `"${hash}"`)
  )
    return false;
  response.status(304).end();
  return true;
}

/** Answers with a body whose name is its content. */
export function json(request: Request, response: Response, body: object): void {
  if (!fresh(request, response, JSON.stringify(body))) response.json(body);
}

/** Answers an error as the API does; what is no `ApiError` is reported and says nothing. */
export function answerError(error: unknown, response: Response): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof ApiError ? error : new ApiError('InternalError', 'The repository could not be read');
  response.removeHeader('etag');
  response.status(known.code).json(known.toStatus());
  if (!(error instanceof ApiError)) throw error;
}
