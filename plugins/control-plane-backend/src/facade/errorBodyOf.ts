import { ApiError, ErrorBody, StatusReason } from '@krate/resource-model';

const CODES: Record<StatusReason, string> = {
  BadRequest: 'BAD_REQUEST',
  Unauthorized: 'UNAUTHORIZED',
  Forbidden: 'POLICY_DENIED',
  NotFound: 'NOT_FOUND',
  MethodNotAllowed: 'METHOD_NOT_ALLOWED',
  NotAcceptable: 'NOT_ACCEPTABLE',
  AlreadyExists: 'ALREADY_EXISTS',
  Conflict: 'CONFLICT',
  Gone: 'GONE',
  Expired: 'EXPIRED',
  RequestEntityTooLarge: 'TOO_LARGE',
  UnsupportedMediaType: 'UNSUPPORTED_MEDIA_TYPE',
  Invalid: 'INVALID',
  TooManyRequests: 'TOO_MANY_REQUESTS',
  InternalError: 'INTERNAL_ERROR',
  ServiceUnavailable: 'UNAVAILABLE',
  Timeout: 'UNAVAILABLE',
};
const KRATE_CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/**
 * The facade's form of a refusal. Where a cause has a stable code of Krate (`CROSS_ORG_REF_DENIED`) that is the code of the
 * whole; otherwise it follows from the reason.
 */
export function errorBodyOf(error: ApiError, correlationId: string): ErrorBody {
  const { kind, name, causes = [] } = error.details;
  const own = causes.find(cause => KRATE_CODE.test(cause.reason));
  return {
    error: {
      code: own?.reason ?? CODES[error.reason],
      message: error.message,
      correlationId,
      ...(kind || name ? { resource: { ...(kind ? { kind } : {}), ...(name ? { name } : {}) } } : {}),
      reasons: causes.map(({ reason, field, message }) => ({
        code: reason,
        ...(field ? { field } : {}),
        message,
      })),
    },
  };
}

/** A refusal with a code of Krate's own. */
export function refusal(
  reason: StatusReason,
  code: string,
  message: string,
  details: { field?: string; kind?: string; name?: string } = {},
): ApiError {
  const { field, ...about } = details;
  return new ApiError(reason, message, { ...about, causes: [{ reason: code, message, field }] });
}
