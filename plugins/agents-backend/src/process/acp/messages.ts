import type {
  PermissionOption,
  RequestPermissionRequest,
  SessionNotification,
} from '@agentclientprotocol/sdk';
import { z } from 'zod';

/**
 * Shapes of what an agent says, checked before anything is believed. The SDK's own validators are not among its exports,
 * and the SDK is an ES module, so its types are used and the few shapes that Krate relies on are stated here. Unknown
 * fields pass; unknown kinds of update pass as they are and are simply not understood.
 */
const id = z.union([z.string(), z.number(), z.null()]);
const error = z.looseObject({ code: z.number(), message: z.string(), data: z.unknown().optional() });

const envelope = z.looseObject({
  id: id.optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: error.optional(),
});

/** A JSON-RPC id. 0 and the empty string are ids like any other. */
export type MessageId = string | number | null;

/** A line, understood as JSON-RPC. */
export type RpcMessage =
  | { type: 'request'; id: MessageId; method: string; params: unknown }
  | { type: 'notification'; method: string; params: unknown }
  | {
      type: 'response';
      id: MessageId;
      result?: unknown;
      error?: { code: number; message: string; data?: unknown };
    };

/** Undefined for a line that is not a JSON-RPC message. */
export function parseMessage(line: string): RpcMessage | undefined {
  const parsed = envelope.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { id: messageId, method, params, result, error: failure } = parsed.data;
  if (method !== undefined)
    return messageId === undefined
      ? { type: 'notification', method, params }
      : { type: 'request', id: messageId, method, params };
  if (messageId === undefined || (result === undefined && failure === undefined)) return undefined;
  return { type: 'response', id: messageId, result, error: failure };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // some agents print a banner; the caller reports it
  }
}

/** A key for an id that tells the number 1 from the string "1". */
export const keyOf = (messageId: MessageId) => JSON.stringify(messageId);

const contentBlock = z.looseObject({ type: z.string(), text: z.string().optional() });
const toolContent = z.looseObject({ type: z.string() });
const toolFields = {
  toolCallId: z.string(),
  kind: z.string().nullish(),
  status: z.string().nullish(),
  content: z.array(toolContent).nullish(),
  locations: z.array(z.looseObject({ path: z.string() })).nullish(),
};
const toolCallUpdate = z.looseObject({ ...toolFields, title: z.string().nullish() });
const planEntry = z.looseObject({ content: z.string(), priority: z.string(), status: z.string() });

const knownUpdate = z.discriminatedUnion('sessionUpdate', [
  z.looseObject({
    sessionUpdate: z.literal(['user_message_chunk', 'agent_message_chunk', 'agent_thought_chunk']),
    content: contentBlock,
  }),
  z.looseObject({ ...toolFields, sessionUpdate: z.literal('tool_call'), title: z.string() }),
  z.looseObject({ ...toolFields, sessionUpdate: z.literal('tool_call_update'), title: z.string().nullish() }),
  z.looseObject({ sessionUpdate: z.literal('plan'), entries: z.array(planEntry) }),
  z.looseObject({ sessionUpdate: z.literal('usage_update'), used: z.number(), size: z.number() }),
]);
const KNOWN = [
  'user_message_chunk',
  'agent_message_chunk',
  'agent_thought_chunk',
  'tool_call',
  'tool_call_update',
  'plan',
  'usage_update',
];

const anyUpdate = z.looseObject({ sessionUpdate: z.string() });
const notification = z.looseObject({ sessionId: z.string(), update: anyUpdate });
const option = z.looseObject({ optionId: z.string(), name: z.string(), kind: z.string() });
const permission = z.looseObject({
  sessionId: z.string(),
  toolCall: toolCallUpdate,
  options: z.array(option).min(1),
});

/** A session update whose shape was checked. */
export type SessionUpdate = SessionNotification['update'];

/** The update, or what is wrong with it. */
export function parseUpdate(
  params: unknown,
): { sessionId: string; update: SessionUpdate } | { problem: string } {
  const outer = notification.safeParse(params);
  if (!outer.success) return { problem: z.prettifyError(outer.error) };
  const { sessionId, update } = outer.data;
  if (KNOWN.includes(update.sessionUpdate)) {
    const inner = knownUpdate.safeParse(update);
    if (!inner.success) return { problem: z.prettifyError(inner.error) };
  }
  return { sessionId, update: update as unknown as SessionUpdate };
}

/** The permission request, or what is wrong with it. */
export function parsePermission(
  params: unknown,
):
  | (Pick<RequestPermissionRequest, 'sessionId' | 'toolCall'> & { options: PermissionOption[] })
  | { problem: string } {
  const parsed = permission.safeParse(params);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  return parsed.data as unknown as RequestPermissionRequest;
}

/** What Krate reads of the agent's answers. */
export const initializeResult = z.looseObject({
  protocolVersion: z.number(),
  agentCapabilities: z.looseObject({ loadSession: z.boolean().optional() }).optional(),
  agentInfo: z.looseObject({ name: z.string(), version: z.string() }).nullish(),
});
export const newSessionResult = z.looseObject({ sessionId: z.string() });
export const promptResult = z.looseObject({ stopReason: z.string() });
export const permissionAnswer = z.looseObject({
  outcome: z.looseObject({ outcome: z.string(), optionId: z.string().optional() }),
});
export const cancelParams = z.looseObject({ requestId: id });
