import type {
  PermissionOption,
  PlanEntry,
  ToolCallContent,
  ToolCallLocation,
  ToolCallUpdate,
} from '@agentclientprotocol/sdk';
import type { ExitEvent } from '../journal';
import type { MessageId } from './messages';

/**
 * Where the conversation stands. `starting`: not yet initialized; `initialized`: no session yet; `ready`: a session, no
 * turn running; `prompting`: a turn runs; `failed`: the agent refused what a run needs; `exited`: the process is gone.
 */
export type AcpPhase = 'starting' | 'initialized' | 'ready' | 'prompting' | 'failed' | 'exited';

/** A request of the agent for permission that has no answer yet. */
export interface PendingPermission {
  /** Names the request within the run, unlike the id, which an agent may use again. */
  key: string;
  /** The JSON-RPC id to answer with; may be 0. */
  id: MessageId;
  /** Offset of the request in the journal. */
  offset: number;
  /** Milliseconds since the epoch. */
  askedAt: number;
  toolCall: ToolCallUpdate;
  options: PermissionOption[];
  /** The agent took the request back; it still must be answered, with `cancelled`. */
  withdrawn: boolean;
}

interface EntryPlace {
  /** Offset of the record that began the entry. */
  offset: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** One entry of a transcript. Message chunks are joined; a tool call carries its latest state. */
export type TranscriptEntry = EntryPlace &
  (
    | { kind: 'user' | 'agent' | 'thought'; text: string }
    | {
        kind: 'tool';
        toolCallId: string;
        title: string;
        toolKind: string;
        status: string;
        content: ToolCallContent[];
        locations: ToolCallLocation[];
        rawInput?: unknown;
      }
    | { kind: 'permission'; key: string; toolCallId: string; title: string; outcome: string }
  );

/** A request of ours without an answer. */
export interface OutstandingRequest {
  id: MessageId;
  method: string;
  offset: number;
}

/** An agent's request that is neither a permission nor answered. */
export interface UnansweredRequest {
  id: MessageId;
  method: string;
  offset: number;
  /** Set when the request was of a kind we know, with a shape we do not. */
  problem?: string;
}

/** Everything that is known of a conversation, derived from its journal alone. */
export interface AcpState {
  phase: AcpPhase;
  /** Offset of the last record taken in. */
  offset: number;
  protocolVersion?: number;
  agentInfo?: { name: string; version: string };
  /** The agent can load a session in a new process. */
  loadSession: boolean;
  sessionId?: string;
  /** A number no request of ours used yet, in this life of the backend or an earlier one. */
  nextRequestId: number;
  outstanding: OutstandingRequest[];
  pendingPermissions: PendingPermission[];
  unanswered: UnansweredRequest[];
  transcript: TranscriptEntry[];
  plan: PlanEntry[];
  /** Context tokens in use and context size, as the agent reports them. */
  usage?: { used: number; size: number };
  /** Turns that ended, and how the last one did (`end_turn`, `cancelled`, ...). */
  turnsEnded: number;
  stopReason?: string;
  error?: { method: string; code: number; message: string };
  exit?: ExitEvent;
}

/** The state before the first record. */
export const initialAcpState = (): AcpState => ({
  phase: 'starting',
  offset: 0,
  loadSession: false,
  nextRequestId: 1,
  outstanding: [],
  pendingPermissions: [],
  unanswered: [],
  transcript: [],
  plan: [],
  turnsEnded: 0,
});
