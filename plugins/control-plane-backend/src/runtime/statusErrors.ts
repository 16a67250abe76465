import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError } from '@krate/resource-model';
import type { ErrorRequestHandler, Request } from 'express';
import { sendError } from '../api/respond';

/** Answers every refusal of a router as a Status, as the resource API does. Mounted last. */
export function statusErrors(logger: LoggerService): ErrorRequestHandler {
  return (error, _request, response, _next) => sendError(response, bodyErrorOf(error) ?? error, logger);
}

/** The parser of JSON bodies throws errors of its own. */
function bodyErrorOf(error: unknown): ApiError | undefined {
  const type = (error as { type?: unknown } | undefined)?.type;
  if (type === 'entity.too.large') return new ApiError('RequestEntityTooLarge', 'The body is too large');
  if (type === 'entity.parse.failed') return new ApiError('BadRequest', 'The body is not valid JSON');
  return undefined;
}

/** A text field of a JSON body; throws BadRequest when it is not one. */
export function textIn(request: Request, field: string): string | undefined {
  const value = request.body?.[field];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError('BadRequest', `"${field}" must be a text`);
}
