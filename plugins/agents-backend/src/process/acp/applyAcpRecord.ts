import type { JournalRecord } from '../journal';
import type { AcpEvent } from './AcpEvent';
import type { AcpState, PendingPermission } from './AcpState';
import { applyResponse } from './applyResponse';
import { applyUpdate } from './applyUpdate';
import {
  cancelParams,
  keyOf,
  parseMessage,
  parsePermission,
  parseUpdate,
  permissionAnswer,
  type MessageId,
  type RpcMessage,
} from './messages';

type Received = Extract<RpcMessage, { type: 'request' | 'notification' }>;

/** Takes one record into the state, in place, and tells what happened. The two directions have separate ids. */
export function applyAcpRecord(state: AcpState, record: JournalRecord): AcpEvent[] {
  state.offset = record.offset;
  if (record.d === 'err') return [];
  if (record.d === 'in') return applySent(state, record);
  if (record.d === 'out') return applyReceived(state, record);
  if (record.e.event === 'exit') return applyExit(state, record.e, record.offset);
  if (record.e.event !== 'line-too-long') return [];
  return [
    problem(record, 'LINE_TOO_LONG', `The agent sent a line of ${record.e.bytes} bytes; it was dropped`),
  ];
}

function applyExit(state: AcpState, exit: NonNullable<AcpState['exit']>, offset: number): AcpEvent[] {
  state.phase = 'exited';
  state.exit = exit;
  const settled = settleAll(state, 'abandoned', offset);
  state.outstanding = [];
  state.unanswered = [];
  return [...settled, { type: 'exit', exit, offset }];
}

function applySent(state: AcpState, record: JournalRecord & { d: 'in' }): AcpEvent[] {
  const message = parseMessage(record.l);
  if (message?.type === 'request') noteOwnRequest(state, message, record);
  if (message?.type === 'response') return noteOwnAnswer(state, message, record.offset);
  return [];
}

function noteOwnRequest(state: AcpState, message: Received & { type: 'request' }, record: JournalRecord) {
  state.outstanding.push({ id: message.id, method: message.method, offset: record.offset });
  if (typeof message.id === 'number') state.nextRequestId = Math.max(state.nextRequestId, message.id + 1);
  if (message.method === 'session/load')
    state.sessionId = (message.params as { sessionId: string }).sessionId;
  if (message.method !== 'session/prompt') return;
  state.phase = 'prompting';
  const { prompt } = message.params as { prompt: { text?: string }[] };
  const text = prompt.map(block => block.text ?? '').join('\n');
  state.transcript.push({ kind: 'user', text, offset: record.offset, at: record.t });
}

function noteOwnAnswer(
  state: AcpState,
  message: RpcMessage & { type: 'response' },
  offset: number,
): AcpEvent[] {
  const key = keyOf(message.id);
  state.unanswered = state.unanswered.filter(request => keyOf(request.id) !== key);
  const permission = state.pendingPermissions.find(pending => keyOf(pending.id) === key);
  if (!permission) return [];
  const answer = permissionAnswer.safeParse(message.result);
  return [settle(state, permission, answer.data?.outcome.optionId ?? 'cancelled', offset)];
}

function applyReceived(state: AcpState, record: JournalRecord & { d: 'out' }): AcpEvent[] {
  const message = parseMessage(record.l);
  if (!message)
    return record.l.trim() === ''
      ? []
      : [problem(record, 'NOT_A_MESSAGE', `The agent printed what is no message: ${record.l.slice(0, 200)}`)];
  if (message.type === 'response') return applyAgentAnswer(state, message, record.offset);
  if (message.type === 'request') return applyAgentRequest(state, message, record);
  return applyNotification(state, message, record);
}

function applyAgentAnswer(
  state: AcpState,
  message: RpcMessage & { type: 'response' },
  offset: number,
): AcpEvent[] {
  const request = state.outstanding.find(candidate => keyOf(candidate.id) === keyOf(message.id));
  if (!request)
    return [
      {
        type: 'error',
        code: 'UNKNOWN_ANSWER',
        message: `The agent answered a request that was not made: ${keyOf(message.id)}`,
        fatal: false,
        offset,
      },
    ];
  state.outstanding = state.outstanding.filter(candidate => candidate !== request);
  // a turn may end before a permission was answered, as after a cancel; nobody waits for the answer then
  const settled = request.method === 'session/prompt' ? settleAll(state, 'abandoned', offset) : [];
  return [...settled, ...applyResponse(state, request, message, offset)];
}

function applyAgentRequest(
  state: AcpState,
  message: Received & { type: 'request' },
  record: JournalRecord,
): AcpEvent[] {
  const { id, method } = message;
  if (method !== 'session/request_permission') {
    state.unanswered.push({ id, method, offset: record.offset });
    return [];
  }
  const asked = parsePermission(message.params);
  if ('problem' in asked) {
    state.unanswered.push({ id, method, problem: asked.problem, offset: record.offset });
    return [problem(record, 'INVALID_MESSAGE', `A permission request has the wrong shape: ${asked.problem}`)];
  }
  const permission: PendingPermission = {
    key: permissionKey(id, record.offset),
    id,
    offset: record.offset,
    askedAt: record.t,
    toolCall: asked.toolCall,
    options: asked.options,
    withdrawn: false,
  };
  state.pendingPermissions.push(permission);
  const { toolCallId, title } = asked.toolCall;
  state.transcript.push({
    kind: 'permission',
    key: permission.key,
    toolCallId,
    title: title ?? titleOf(state, toolCallId),
    outcome: 'pending',
    offset: record.offset,
    at: record.t,
  });
  return [{ type: 'permission', permission: { ...permission }, offset: record.offset }];
}

function permissionKey(id: MessageId, offset: number): string {
  return `${offset}:${keyOf(id)}`;
}

function titleOf(state: AcpState, toolCallId: string): string {
  const tool = state.transcript.findLast(entry => entry.kind === 'tool' && entry.toolCallId === toolCallId);
  return tool?.kind === 'tool' ? tool.title : toolCallId;
}

function applyNotification(state: AcpState, message: Received, record: JournalRecord): AcpEvent[] {
  if (message.method === '$/cancel_request') {
    const params = cancelParams.safeParse(message.params);
    const withdrawn = state.pendingPermissions.find(
      pending => params.success && keyOf(pending.id) === keyOf(params.data.requestId),
    );
    if (withdrawn) withdrawn.withdrawn = true;
    return [];
  }
  if (message.method !== 'session/update') return [];
  const parsed = parseUpdate(message.params);
  if ('problem' in parsed)
    return [problem(record, 'INVALID_MESSAGE', `An update has the wrong shape: ${parsed.problem}`)];
  if (state.sessionId !== undefined && parsed.sessionId !== state.sessionId) return [];
  applyUpdate(state, parsed.update, record);
  return [{ type: 'update', update: parsed.update, offset: record.offset }];
}

function settleAll(state: AcpState, outcome: string, offset: number): AcpEvent[] {
  return [...state.pendingPermissions].map(permission => settle(state, permission, outcome, offset));
}

function settle(state: AcpState, permission: PendingPermission, outcome: string, offset: number): AcpEvent {
  state.pendingPermissions = state.pendingPermissions.filter(pending => pending !== permission);
  const entry = state.transcript.findLast(
    candidate => candidate.kind === 'permission' && candidate.key === permission.key,
  );
  if (entry?.kind === 'permission') entry.outcome = outcome;
  return { type: 'permission-settled', key: permission.key, outcome, offset };
}

function problem(record: JournalRecord, code: string, message: string): AcpEvent {
  return { type: 'error', code, message, fatal: false, offset: record.offset };
}
