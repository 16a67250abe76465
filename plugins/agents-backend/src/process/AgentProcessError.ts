/** Stable codes of what can go wrong around an agent process. */
export type AgentProcessErrorCode =
  | 'ISOLATION_REQUIRED'
  | 'SOCKET_PATH_TOO_LONG'
  | 'PATH_NOT_REACHABLE'
  | 'INVALID_SPEC'
  | 'UIDS_EXHAUSTED'
  | 'LAUNCH_FAILED'
  | 'NOT_RUNNING'
  | 'NOT_ATTACHED'
  | 'PROCESSES_LEFT'
  | 'ACP_PROTOCOL'
  | 'ACP_REQUEST_FAILED'
  | 'NO_PENDING_PERMISSION'
  | 'NO_SUCH_OPTION'
  | 'TAKE_BACK_FAILED';

/** A refusal or failure with a stable code, the field at fault where there is one, and a way out for the reader. */
export class AgentProcessError extends Error {
  constructor(
    readonly code: AgentProcessErrorCode,
    message: string,
    readonly details: { field?: string; remedy?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'AgentProcessError';
  }
}
