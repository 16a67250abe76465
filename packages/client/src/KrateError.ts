/** One thing that is wrong with a request. */
export interface Reason {
  /** Stable: a cause of the Kubernetes API (`FieldValueInvalid`) or a code of Krate (`CROSS_ORG_REF_DENIED`). */
  code: string;
  field?: string;
  message: string;
}

/** A refusal of the server, from either of its APIs. */
export class KrateError extends Error {
  override readonly name: string = 'KrateError';

  constructor(
    message: string,
    /** The HTTP status. */
    readonly status: number,
    /** Stable and in capitals: `ORG_NOT_FOUND`, `POLICY_DENIED`, `CONFLICT`, …; of the Kubernetes API the same, made from its reason. */
    readonly code: string,
    readonly reasons: readonly Reason[] = [],
    /** The request’s id, which the server’s log has too. */
    readonly correlationId?: string,
    /** How long to wait before the next try, where the server says so. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** Nothing answered: the network, or a server that is not there yet. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Something that was waited for did not happen in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

const KRATE_CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const CODES: Record<string, string> = {
  Forbidden: 'POLICY_DENIED',
  InternalError: 'INTERNAL_ERROR',
  RequestEntityTooLarge: 'TOO_LARGE',
  ServiceUnavailable: 'UNAVAILABLE',
  Timeout: 'UNAVAILABLE',
};

/** `AlreadyExists` as `ALREADY_EXISTS`, and the few that the facade names otherwise. */
function codeOf(reason: string): string {
  return CODES[reason] ?? (reason.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() || 'UNKNOWN');
}

/** Reads the refusal out of an answer, whichever API gave it. */
export async function errorOf(response: Response): Promise<KrateError> {
  const text = await response.text();
  const { status } = response;
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const correlationId = response.headers.get('x-request-id') ?? undefined;
  const body = parsed(text);
  const error = body?.error;
  if (typeof error === 'object' && error !== null)
    return new KrateError(error.message, status, error.code, error.reasons, error.correlationId, retryAfter);
  if (body?.kind === 'Status') {
    const causes: { reason: string; field?: string; message: string }[] = body.details?.causes ?? [];
    const reasons = causes.map(({ reason, ...rest }) => ({ code: reason, ...rest }));
    const code = reasons.find(reason => KRATE_CODE.test(reason.code))?.code ?? codeOf(body.reason ?? '');
    return new KrateError(body.message ?? 'Refused', status, code, reasons, correlationId, retryAfter);
  }
  return new KrateError(
    `The server answered ${status} ${response.statusText}`.trim(),
    ...([status, 'UNKNOWN', [], correlationId, retryAfter] as const),
  );
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the status line says more than a page of HTML would.
    return undefined;
  }
}
