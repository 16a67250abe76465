import type { ZodType } from 'zod';
import type { AcpEvent } from './AcpEvent';
import type { AcpState, OutstandingRequest } from './AcpState';
import { initializeResult, newSessionResult, promptResult, type RpcMessage } from './messages';

const PROTOCOL_VERSION = 1;
/** The agent's answer to a request of ours has a shape we cannot read; not a code of JSON-RPC itself. */
const INVALID_ANSWER = -1;

/** The agent's answer to one of our requests. */
export function applyResponse(
  state: AcpState,
  request: OutstandingRequest,
  message: RpcMessage & { type: 'response' },
  offset: number,
): AcpEvent[] {
  if (message.error) return fail(state, request.method, message.error, offset);
  switch (request.method) {
    case 'initialize':
      return applyInitialize(state, message.result, offset);
    case 'session/new':
      return read(state, request.method, newSessionResult, message.result, offset, ({ sessionId }) => {
        state.sessionId = sessionId;
        state.phase = 'ready';
        return [];
      });
    case 'session/load': // its id is the one that was asked for
      state.phase = 'ready';
      return [];
    case 'session/prompt':
      return read(state, request.method, promptResult, message.result, offset, ({ stopReason }) => {
        state.stopReason = stopReason;
        state.turnsEnded++;
        state.phase = 'ready';
        return [{ type: 'turn-ended', stopReason, offset }];
      });
    default:
      return [];
  }
}

function applyInitialize(state: AcpState, result: unknown, offset: number): AcpEvent[] {
  return read(state, 'initialize', initializeResult, result, offset, data => {
    if (data.protocolVersion !== PROTOCOL_VERSION) {
      const message = `The agent speaks version ${data.protocolVersion} of the Agent Client Protocol; Krate speaks ${PROTOCOL_VERSION}`;
      return fail(state, 'initialize', { code: INVALID_ANSWER, message }, offset);
    }
    state.protocolVersion = data.protocolVersion;
    state.agentInfo = data.agentInfo
      ? { name: data.agentInfo.name, version: data.agentInfo.version }
      : undefined;
    state.loadSession = data.agentCapabilities?.loadSession ?? false;
    state.phase = 'initialized';
    return [];
  });
}

function read<T>(
  state: AcpState,
  method: string,
  shape: ZodType<T>,
  result: unknown,
  offset: number,
  then: (data: T) => AcpEvent[],
): AcpEvent[] {
  const parsed = shape.safeParse(result);
  if (parsed.success) return then(parsed.data);
  return fail(
    state,
    method,
    { code: INVALID_ANSWER, message: `The answer to ${method} has the wrong shape` },
    offset,
  );
}

function fail(
  state: AcpState,
  method: string,
  error: { code: number; message: string },
  offset: number,
): AcpEvent[] {
  state.error = { method, code: error.code, message: error.message };
  state.phase = 'failed';
  return [
    { type: 'error', code: String(error.code), message: `${method}: ${error.message}`, fatal: true, offset },
  ];
}
