import type { AcpState, PendingPermission } from '../process';
import { ToolCall } from './judgeToolCall';
import { redact } from './redact';

const MAX_TARGET = 4000;
const MAX_INPUT = 60_000;

/** A tool call as the agent announced it, for the judge and for people. */
export interface DescribedCall extends ToolCall {
  toolCallId: string;
  title: string;
  /** The command, the file, or what it is called. */
  target: string;
  input?: string;
}

/** Brings together what a permission request says and what was said of the same call before. */
export function describeToolCall(permission: PendingPermission, state: Readonly<AcpState>): DescribedCall {
  const { toolCall } = permission;
  const announced = state.transcript.findLast(
    entry => entry.kind === 'tool' && entry.toolCallId === toolCall.toolCallId,
  );
  const before = announced?.kind === 'tool' ? announced : undefined;
  const rawInput = toolCall.rawInput ?? before?.rawInput;
  const kind = toolCall.kind ?? before?.toolKind ?? 'other';
  const title = toolCall.title ?? before?.title ?? toolCall.toolCallId;
  const contents = [...(toolCall.content ?? []), ...(before?.content ?? [])];
  const paths = [
    ...(toolCall.locations ?? before?.locations ?? []).map(({ path }) => path),
    ...contents.flatMap(content => (content.type === 'diff' ? [content.path] : [])),
  ];
  const command = kind === 'execute' ? (commandIn(rawInput) ?? before?.title ?? title) : undefined;
  const target = redact(command ?? paths[0] ?? title).slice(0, MAX_TARGET);
  const input = rawInput === undefined ? undefined : redact(JSON.stringify(rawInput)).slice(0, MAX_INPUT);
  return {
    toolCallId: toolCall.toolCallId,
    kind,
    title: redact(title).slice(0, MAX_TARGET),
    paths: [...new Set(paths)],
    target,
    command,
    input,
  };
}

/** Where agents put a command line: there is no common name for it. */
function commandIn(rawInput: unknown): string | undefined {
  if (typeof rawInput !== 'object' || rawInput === null) return undefined;
  const { command, cmd, run } = rawInput as Record<string, unknown>;
  const value = command ?? cmd ?? run;
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every(part => typeof part === 'string') ? value.join(' ') : undefined;
}
