import type { AgentDispatchAttempt } from '@krate/plugin-agents-common';
import type { ReasonOf } from '@krate/resource-model';

type Launch = AgentDispatchAttempt['spec']['launch'];
type Isolation = NonNullable<NonNullable<AgentDispatchAttempt['status']>['isolation']>;

/** What the effect `agent-process` is told: everything, so that it looks up nothing that could have changed. */
export interface AgentRunInput {
  namespace: string;
  attempt: string;
  attemptUid: string;
  run: string;
  runUid: string;
  repository: string;
  workspaceUid: string;
  baseSha: string;
  /** The branch it started from. */
  ref: string;
  launch: Launch;
}

/** A tool call that a person has to decide. */
export interface OpenQuestion {
  /** Counts the permission requests of the conversation: the same number after every restart. */
  number: number;
  requestId: string;
  toolCallId: string;
  kind: string;
  target: string;
  summary: string;
  input?: string;
  reasons: string[];
  /** Milliseconds since the epoch. */
  askedAt: number;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

/** What the effect reports while the agent works. */
export interface AgentRunProgress {
  node: string;
  startedAt: string;
  isolation: Isolation;
  sessionId?: string;
  agentName?: string;
  agentVersion?: string;
  questions: OpenQuestion[];
  usage?: TokenUsage;
}

/** A commit with the agent's work, in the quarantine of the run. */
export interface ProducedPatch {
  baseSha: string;
  headSha: string;
  /** Of the patch as text: `sha256:<hex>`. */
  digest: string;
  size: number;
  commits: number;
  files: { path: string; additions: number; deletions: number; binary: boolean }[];
}

/** How the agent ended, and what it left. */
export interface AgentRunResult extends Partial<AgentRunProgress> {
  outcome: 'Succeeded' | 'Failed' | 'Cancelled';
  /** Of the condition Complete. */
  reason: Exclude<ReasonOf<typeof AgentDispatchAttempt, 'Complete'>, 'InProgress'>;
  message: string;
  patch?: ProducedPatch;
  transcript?: { length: number; digest?: string };
}
