/** One line of the `transcript` stream of an AgentDispatchAttempt, oldest first. */
export type TranscriptEvent = { t?: string | number } & (
  | { type: 'message'; text: string }
  | { type: 'thought'; text: string }
  | { type: 'tool-call'; id: string; title?: string; kind?: string; status?: string }
  | {
      type: 'tool-output';
      id: string;
      text?: string;
      path?: string;
      oldText?: string | null;
      newText?: string;
    }
  | { type: 'permission'; title: string; requestId?: string | number; id?: string }
  | { type: 'decision'; outcome: string; by?: string; requestId?: string | number }
  | { type: 'plan'; entries: PlanEntry[] }
  | { type: 'usage'; inputTokens?: number; outputTokens?: number; costUsd?: number }
  | { type: 'error'; code?: string; text: string }
  | { type: 'ended'; reason: string; text?: string }
);

export interface PlanEntry {
  content?: string;
  status?: string;
  priority?: string;
}

/** Reads a line; undefined for one that is no event (a torn write of a crashed host). */
export function parseEvent(line: string): TranscriptEvent | undefined {
  if (!line.trim()) return undefined;
  try {
    const event = JSON.parse(line);
    return typeof event === 'object' && event !== null && typeof event.type === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
