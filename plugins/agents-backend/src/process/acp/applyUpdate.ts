import type { ToolCall, ToolCallUpdate } from '@agentclientprotocol/sdk';
import type { JournalRecord } from '../journal';
import type { AcpState, TranscriptEntry } from './AcpState';
import type { SessionUpdate } from './messages';

type MessageKind = 'user' | 'agent' | 'thought';
type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>;

/** Takes a session update into the transcript, plan and usage. Kinds that are not understood change nothing. */
export function applyUpdate(state: AcpState, update: SessionUpdate, record: JournalRecord): void {
  switch (update.sessionUpdate) {
    case 'user_message_chunk':
      return appendText(state, 'user', update.content, record);
    case 'agent_message_chunk':
      return appendText(state, 'agent', update.content, record);
    case 'agent_thought_chunk':
      return appendText(state, 'thought', update.content, record);
    case 'tool_call':
    case 'tool_call_update':
      return upsertTool(state, update, record);
    case 'plan':
      state.plan = update.entries;
      return undefined;
    case 'usage_update':
      state.usage = { used: update.used, size: update.size };
      return undefined;
    default:
      return undefined;
  }
}

/** Chunks of one message follow one another; anything between them begins a new entry. */
function appendText(
  state: AcpState,
  kind: MessageKind,
  content: { type: string; text?: string },
  record: JournalRecord,
) {
  const text = content.text ?? `[${content.type}]`;
  const last = state.transcript.at(-1);
  if (last?.kind === kind) last.text += text;
  else state.transcript.push({ kind, text, offset: record.offset, at: record.t });
}

/** An update for a tool call that was never announced still is shown: the agent did something. */
function upsertTool(state: AcpState, change: ToolCall | ToolCallUpdate, record: JournalRecord) {
  const known = state.transcript.findLast(
    (entry): entry is ToolEntry => entry.kind === 'tool' && entry.toolCallId === change.toolCallId,
  );
  const entry: ToolEntry = known ?? {
    kind: 'tool',
    toolCallId: change.toolCallId,
    title: change.toolCallId,
    toolKind: 'other',
    status: 'pending',
    content: [],
    locations: [],
    offset: record.offset,
    at: record.t,
  };
  if (!known) state.transcript.push(entry);
  if (change.title) entry.title = change.title;
  if (change.kind) entry.toolKind = change.kind;
  if (change.status) entry.status = change.status;
  if (change.content) entry.content = change.content;
  if (change.locations) entry.locations = change.locations;
  if (change.rawInput !== undefined) entry.rawInput = change.rawInput;
}
