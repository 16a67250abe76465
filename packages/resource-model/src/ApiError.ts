/** Status reasons of the Kubernetes API that Krate answers with, and the HTTP code each one has. */
export const STATUS_REASONS = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
} as const;
export type StatusReason = keyof typeof STATUS_REASONS;

/** One field at fault, as in `Status.details.causes`. */
export interface StatusCause {
  /** A cause type of Kubernetes (`FieldValueRequired`, `FieldValueInvalid`, ...) or a Krate code (`CROSS_ORG_REF_DENIED`). */
  reason: string;
  message: string;
  /** Dotted path, `spec.repository`. */
  field?: string;
}

/** The wire form of a refusal: a Kubernetes `Status` object. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: {
    /** Of a refused page: reads the rest of the list as it is now. */
    continue?: string;
  };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
}

/**
 * A refusal of the resource API. `reason` decides the HTTP code; `causes` name fields and stable codes; the message
 * says what to do about it and never names an object the caller may not see.
 */
export class ApiError extends Error {
  readonly code: number;

  constructor(
    readonly reason: StatusReason,
    message: string,
    readonly details: NonNullable<Status['details']> = {},
    readonly metadata: Status['metadata'] = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = STATUS_REASONS[reason];
  }

  /** The body to answer with. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      code: this.code,
      ...this.saidDetails(),
    };
  }

  /** What is empty says nothing and is left out, as a kube-apiserver does. */
  private saidDetails(): Pick<Status, 'details'> {
    const said = Object.entries(this.details).filter(([, value]) => value !== undefined && value !== '');
    return said.length > 0 ? { details: Object.fromEntries(said) } : {};
  }

  /** Reads a `Status` body back, as a client does. */
  static fromStatus(status: Status): ApiError {
    const reason = knownReason(status.reason) ?? reasonOfCode(status.code) ?? 'InternalError';
    return new ApiError(
      reason,
      status.message ?? 'The server gave no reason',
      status.details ?? {},
      status.metadata ?? {},
    );
  }
}

function knownReason(reason: string | undefined): StatusReason | undefined {
  return reason && Object.hasOwn(STATUS_REASONS, reason) ? (reason as StatusReason) : undefined;
}

/** Proxies and foreign servers may give only a code. Of several reasons with one code the later, more general one. */
function reasonOfCode(code: number | undefined): StatusReason | undefined {
  return (Object.keys(STATUS_REASONS) as StatusReason[]).findLast(reason => STATUS_REASONS[reason] === code);
}
