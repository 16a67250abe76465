import { defineReconciler, EffectState, ReconcileContext, reads, Result } from '@krate/controller-runtime';
import type { AgentDispatchAttempt as Attempt } from '@krate/plugin-agents-common';
import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentSession,
  KrateArtifact,
  KrateWorkspace,
} from '@krate/plugin-agents-common';
import { AgentRunInput, AgentRunProgress, AgentRunResult, OpenQuestion } from '../agent/AgentRunTypes';
import { met, undecided, unmet } from './conditions';
import { answerOf, inMinutes, secondsLeft } from './run/answerOf';
import { approvalNotice } from './run/notices';

const AGENT = 'agent-process/agent';
const attemptReads = {
  run: reads.ref(AgentDispatchRun, 'spec.agentDispatchRun'),
  workspace: reads.ref(KrateWorkspace, 'spec.workspaceRef'),
  approvals: reads.owned(AgentApproval),
};
type Context = ReconcileContext<typeof attemptReads>;
type AttemptResult = Result<typeof AgentDispatchAttempt>;

/** Has the agent's process run, turns its questions into approvals, and says how it ended. */
export const agentDispatchAttemptReconciler = defineReconciler({
  for: AgentDispatchAttempt,
  reads: attemptReads,

  reconcile(ctx, attempt): AttemptResult {
    if (isOver(attempt)) return {};
    const agent = ctx.effects[AGENT];
    if (!agent) return start(ctx, attempt);
    if (agent.state === 'Succeeded') return ended(ctx, attempt, agent.result as AgentRunResult);
    if (agent.state === 'Failed' || agent.state === 'Cancelled') return neverStarted(attempt, agent, ctx.now);
    return working(ctx, attempt, agent.progress as AgentRunProgress | undefined);
  },

  /** The process ends first, then its files go. */
  finalize(ctx, attempt) {
    const input = {
      namespace: attempt.metadata.namespace,
      attempt: attempt.metadata.name,
      attemptUid: attempt.metadata.uid,
    };
    const agent = ctx.effects[AGENT];
    const living = agent?.state === 'Pending' || agent?.state === 'Running';
    if (living) return { done: false, effects: [{ name: 'agent-process', key: 'agent', cancel: true }] };
    const removal = ctx.effects['remove-run-directory/remove'];
    if (removal?.state === 'Succeeded') return { done: true };
    return {
      done: false,
      effects: [{ name: 'remove-run-directory', key: 'remove', input }],
      requeueAfter: 30,
    };
  },
});

function isOver({ status }: Attempt): boolean {
  return ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');
}

function start(ctx: Context, attempt: Attempt): AttemptResult {
  if (attempt.spec.cancel)
    return over(attempt, ctx.now, {
      outcome: 'Cancelled',
      reason: 'Cancelled',
      message: 'Cancelled before it was started',
    });
  const { run, workspace } = ctx;
  const baseSha = workspace?.status?.baseSha;
  if (!run || !workspace || !baseSha) {
    return {
      status: { phase: 'Pending' },
      conditions: [
        undecided('Launched', 'Waiting', 'The workspace is not ready'),
        unmet('Complete', 'InProgress', 'Waits'),
      ],
    };
  }
  const { metadata, spec } = attempt;
  const input: AgentRunInput = {
    namespace: metadata.namespace!,
    attempt: metadata.name,
    attemptUid: metadata.uid,
    run: run.metadata.name,
    runUid: run.metadata.uid,
    repository: run.spec.repository,
    workspaceUid: workspace.metadata.uid,
    baseSha,
    ref: run.spec.ref,
    launch: spec.launch,
  };
  return {
    status: { phase: 'Starting' },
    conditions: [
      undecided('Launched', 'Waiting', 'The agent is being started'),
      unmet('Complete', 'InProgress', 'The agent is being started'),
    ],
    effects: [{ name: 'agent-process', key: 'agent', input }],
  };
}

function working(ctx: Context, attempt: Attempt, progress: AgentRunProgress | undefined): AttemptResult {
  const expired = ctx.approvals.find(approval => answerOf(approval, ctx.now) === 'expired');
  if (attempt.spec.cancel || expired)
    return { effects: [{ name: 'agent-process', key: 'agent', cancel: true }] };
  if (!progress) return {};

  const unanswered = progress.questions.filter(question => isOpen(ctx, attempt, question));
  const waiting = ctx.approvals.filter(approval => answerOf(approval, ctx.now) === 'waiting');
  const fresh = unanswered.filter(
    question => !ctx.approvals.some(({ metadata }) => metadata.name === questionName(attempt, question)),
  );
  const parked = unanswered.length > 0;
  const phase = parked ? 'Parked' : 'Running';
  const asked = fresh.map(question => ({
    name: questionName(attempt, question),
    spec: questionSpec(attempt, question),
  }));
  const begun = attempt.status?.phase === 'Starting';
  return {
    status: { ...seen(progress), phase },
    conditions: [
      met('Launched', 'Running', `${progress.agentName ?? 'The agent'} runs on ${progress.node}`),
      unmet(
        'Complete',
        'InProgress',
        parked ? `Waits for an answer: ${unanswered[0]!.summary}` : 'The agent works',
      ),
    ],
    apply: [
      ...asked.map(({ name, spec }) => ({
        kind: AgentApproval,
        object: { metadata: { name }, spec } as never,
      })),
      ...sessionOf(attempt, progress.sessionId),
    ],
    effects: asked.map(({ name, spec }) => approvalNotice(attempt.metadata, spec, name)),
    events: [
      ...(begun
        ? [{ type: 'Normal' as const, reason: 'Started', message: `The agent runs on ${progress.node}` }]
        : []),
      ...asked
        .filter(({ name }) => !ctx.effects[`notify/${name}`])
        .map(({ spec }) => ({
          type: 'Normal' as const,
          reason: 'ApprovalRequested',
          message: spec.actionDetail.summary.slice(0, 900),
        })),
    ],
    ...(waiting.length > 0 && {
      requeueAfter: Math.min(...waiting.map(approval => secondsLeft(approval, ctx.now))),
    }),
  };
}

function questionName(attempt: Attempt, { number }: OpenQuestion): string {
  return `${attempt.metadata.name}-tool-${number}`;
}

/** Not decided yet; a decision that is on its way to the agent needs no person any more. */
function isOpen(ctx: Context, attempt: Attempt, question: OpenQuestion): boolean {
  const approval = ctx.approvals.find(({ metadata }) => metadata.name === questionName(attempt, question));
  return !approval || answerOf(approval, ctx.now) === 'waiting';
}

function questionSpec({ metadata, spec }: Attempt, question: OpenQuestion) {
  return {
    dispatchRun: spec.agentDispatchRun,
    attempt: metadata.name,
    action: 'tool-use' as const,
    actionDetail: {
      type: question.kind,
      target: question.target,
      summary: question.summary,
      toolCallId: question.toolCallId,
      requestId: question.requestId,
      ...(question.input !== undefined && { input: question.input }),
    },
    requestedBy: { kind: 'AgentStack', name: spec.agentStackSnapshot.name },
    policyReasons: question.reasons,
    expiresAt: inMinutes(spec.launch.approvalExpiryMinutes, new Date(question.askedAt)),
  };
}

function sessionOf(
  { metadata, spec }: Attempt,
  sessionId: string | undefined,
): NonNullable<AttemptResult['apply']> {
  if (!sessionId) return [];
  const session = {
    agentMuxSessionId: sessionId,
    dispatchRun: spec.agentDispatchRun,
    attempt: metadata.name,
  };
  return [{ kind: AgentSession, object: { metadata: { name: metadata.name }, spec: session } as never }];
}

function seen({
  node,
  startedAt,
  isolation,
  sessionId,
  agentName,
  agentVersion,
  usage,
}: Partial<AgentRunProgress>): NonNullable<AttemptResult['status']> {
  return {
    ...(node && { node, startedAt, isolation }),
    ...(sessionId && { sessionId }),
    ...(agentName && { agentName, agentVersion }),
    ...usage,
  };
}

function ended(ctx: Context, attempt: Attempt, result: AgentRunResult): AttemptResult {
  const expired = ctx.approvals.some(approval => answerOf(approval, ctx.now) === 'expired');
  const final: AgentRunResult =
    result.outcome === 'Cancelled' && expired && !attempt.spec.cancel
      ? {
          ...result,
          outcome: 'Failed',
          reason: 'ApprovalExpired',
          message: 'Nobody decided in time what the agent asked',
        }
      : result;
  const { patch, transcript } = final;
  const name = `${attempt.metadata.name}-patch`;
  const done = over(attempt, ctx.now, final);
  return {
    ...done,
    status: {
      ...done.status,
      ...(transcript && { transcript: { stream: 'transcript', ...transcript } }),
      producedArtifacts: patch ? [name] : [],
    },
    apply: [
      ...sessionOf(attempt, final.sessionId),
      ...(patch ? [artifactOf(attempt, ctx.run?.spec.ref ?? '', name, patch)] : []),
    ],
  };
}

function artifactOf(
  { metadata, spec }: Attempt,
  targetRef: string,
  name: string,
  { digest, size, ...patch }: NonNullable<AgentRunResult['patch']>,
) {
  const files = patch.files.length;
  const artifact = {
    dispatchRun: spec.agentDispatchRun,
    attempt: metadata.name,
    kind: 'patch',
    digest,
    size,
    mediaType: 'text/x-diff',
    summary: `Changes ${files} ${files === 1 ? 'file' : 'files'}`,
    patch: { ...patch, targetRef },
  };
  return { kind: KrateArtifact, object: { metadata: { name }, spec: artifact } as never };
}

/** Codes of what keeps an agent from starting, as people see them on the attempt. */
function neverStarted(attempt: Attempt, { state, error }: EffectState, now: Date): AttemptResult {
  if (state === 'Cancelled')
    return over(attempt, now, {
      outcome: 'Cancelled',
      reason: 'Cancelled',
      message: 'Cancelled before it was started',
    });
  const refused = error?.code === 'ISOLATION_REQUIRED';
  const message = error?.message ?? 'The agent could not be started';
  const result = over(attempt, now, { outcome: 'Failed', reason: 'Failed', message });
  const launched = unmet('Launched', refused ? 'IsolationRefused' : 'LaunchFailed', message);
  return {
    ...result,
    status: { ...result.status, exitReason: refused ? 'isolation-refused' : 'launch-failed' },
    conditions: [launched, ...result.conditions!.filter(({ type }) => type !== 'Launched')],
  };
}

function over(_attempt: Attempt, now: Date, result: AgentRunResult): AttemptResult {
  const { outcome, reason, message } = result;
  const complete =
    outcome === 'Succeeded' ? met('Complete', 'Succeeded', message) : unmet('Complete', reason, message);
  return {
    status: {
      ...seen(result),
      phase: outcome,
      exitReason: slug(reason),
      exitMessage: message,
      completedAt: now.toISOString(),
    },
    conditions: [unmet('Launched', 'Ended', 'The agent has ended'), complete],
    events: [{ type: outcome === 'Failed' ? 'Warning' : 'Normal', reason, message: message.slice(0, 900) }],
  };
}

/** `DeadlineExceeded` is `deadline-exceeded` among error codes. */
function slug(reason: string): string {
  return reason.replace(/(?<=[a-z])[A-Z]/g, letter => `-${letter}`).toLowerCase();
}
