import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ApiError } from '@krate/resource-model';

/** A refusal in the words of Backstage, whose registry and MCP server tell their callers of these alone. */
export function backstageErrorOf(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { code, message } = error;
  if (code === 404 || code === 410) return new NotFoundError(message);
  if (code === 403 || code === 401) return new NotAllowedError(message);
  if (code === 409) return new ConflictError(message);
  if (code >= 500) return new ServiceUnavailableError(message);
  return new InputError(message);
}
