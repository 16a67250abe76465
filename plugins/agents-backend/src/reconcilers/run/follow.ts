import type { AgentDispatchAttempt, AgentDispatchRun, KrateArtifact } from '@krate/plugin-agents-common';
import { conditionOf, isTrue, met, undecided, unmet } from '../conditions';
import { answerOf } from './answerOf';
import { cancelled, failed } from './ending';
import { attemptOf, RunContext, RunResult } from './RunContext';
import { writeBack } from './writeBack';

/** Running, or AwaitingApproval once launched: the run is what its attempt is, until that ends; then its work is written back. */
export function followAttempt(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const attempt = attemptOf(ctx);
  if (!attempt)
    return failed(ctx, run, { code: 'attempt-deleted', message: 'The attempt of this run was deleted' });
  const seen = whatIsSeen(ctx, run, attempt);
  switch (attempt.status?.phase) {
    case 'Parked':
      return parked(ctx, run, seen);
    case 'Failed': {
      const { exitReason = 'failed', exitMessage = 'The agent failed' } = attempt.status;
      const more = {
        ...seen,
        conditions: [...seen.conditions!, undecided('WrittenBack', 'NothingToWrite', 'The agent failed')],
      };
      return failed(
        ctx,
        run,
        { code: exitReason, message: exitMessage, retryable: exitReason !== 'isolation-refused' },
        more,
      );
    }
    case 'Cancelled':
      return run.spec.cancel
        ? cancelled(ctx, run, seen)
        : failed(
            ctx,
            run,
            { code: 'cancelled', message: attempt.status.exitMessage ?? 'The agent was ended' },
            seen,
          );
    case 'Succeeded':
      return afterTheAgent(ctx, run, attempt, seen);
    default:
      return {
        ...seen,
        status: { ...seen.status, phase: 'Running', awaitingSince: null },
        conditions: [...seen.conditions!, unmet('Complete', 'InProgress', 'The agent works')],
      };
  }
}

function parked(ctx: RunContext, run: AgentDispatchRun, seen: RunResult): RunResult {
  const open = ctx.approvals.filter(approval => answerOf(approval, ctx.now) === 'waiting');
  const question = open[0]?.spec.actionDetail.summary ?? 'a question of the agent';
  return {
    ...seen,
    status: {
      ...seen.status,
      phase: 'AwaitingApproval',
      awaitingSince: run.status?.awaitingSince ?? ctx.now.toISOString(),
    },
    conditions: [
      ...seen.conditions!.filter(({ type }) => type !== 'ApprovalSatisfied'),
      unmet('ApprovalSatisfied', 'Waiting', `Waits for an approval: ${question}`),
      unmet('Complete', 'InProgress', `Waits for an approval: ${question}`),
    ],
  };
}

/** Everything about the attempt that people look for on the run. */
function whatIsSeen(ctx: RunContext, run: AgentDispatchRun, attempt: AgentDispatchAttempt): RunResult {
  const { sessionId, inputTokens, outputTokens, costUsd, isolation } = attempt.status ?? {};
  const approvals = ctx.approvals.map(({ metadata }) => metadata.name).sort();
  return {
    status: {
      ...(approvals.length > 0 && { approvals }),
      ...(sessionId && { sessionRef: attempt.metadata.name }),
      ...(inputTokens !== undefined && { inputTokens, outputTokens, costUsd }),
      ...(isolation && { isolation }),
    },
    conditions: [isolated(run, attempt), approvalSatisfied(ctx)],
  };
}

function isolated(run: AgentDispatchRun, { status, spec }: AgentDispatchAttempt) {
  const launched = conditionOf({ status }, 'Launched');
  if (launched?.reason === 'IsolationRefused') return unmet('Isolated', 'Refused', launched.message);
  const isolation = status?.isolation ?? run.status?.isolation;
  if (!isolation) return undecided('Isolated', 'NotStarted', 'The agent was not started yet');
  if (isolation.mechanism === 'bubblewrap')
    return met('Isolated', 'Enforced', `By bubblewrap. Not enforced: ${isolation.notEnforced.join(', ')}`);
  const why = spec.launch.trusted ? 'allowed because adapter and pool are trusted' : 'not allowed';
  return unmet(
    'Isolated',
    'NotEnforced',
    `The agent is not isolated (${why}). Not enforced: ${isolation.notEnforced.join(', ')}`,
  );
}

function approvalSatisfied({ approvals, now }: RunContext) {
  if (approvals.length === 0) return met('ApprovalSatisfied', 'NotRequired', 'Nothing had to be approved');
  const answers = approvals.map(approval => answerOf(approval, now));
  if (answers.includes('waiting')) return unmet('ApprovalSatisfied', 'Waiting', 'Waits for an approval');
  if (answers.includes('expired')) return unmet('ApprovalSatisfied', 'Expired', 'Nobody decided in time');
  if (answers.includes('denied'))
    return unmet('ApprovalSatisfied', 'Denied', 'Something it asked for was denied');
  return met('ApprovalSatisfied', 'Approved', 'Everything it asked for was approved');
}

/** The attempt succeeded: wait for its artifacts to be stored, then write back. */
function afterTheAgent(
  ctx: RunContext,
  run: AgentDispatchRun,
  attempt: AgentDispatchAttempt,
  seen: RunResult,
): RunResult {
  const produced = attempt.status?.producedArtifacts ?? [];
  const artifacts = ctx.artifacts.filter(({ metadata }) => produced.includes(metadata.name));
  const broken = artifacts.find(artifact => conditionOf(artifact, 'Ready')?.reason === 'Failed');
  if (broken) {
    const message = conditionOf(broken, 'Ready')!.message;
    return failed(
      ctx,
      run,
      { code: 'artifact-failed', message },
      { ...seen, conditions: [...seen.conditions!, unmet('ArtifactsIndexed', 'Failed', message)] },
    );
  }
  if (artifacts.length < produced.length || !artifacts.every(artifact => isTrue(artifact, 'Ready'))) {
    return {
      ...seen,
      status: { ...seen.status, phase: 'Running' },
      conditions: [
        ...seen.conditions!,
        undecided('ArtifactsIndexed', 'Pending', 'Artifacts are being stored'),
      ],
    };
  }
  const patch = artifacts.find(({ spec }) => spec.kind === 'patch');
  const indexed = patch
    ? met('ArtifactsIndexed', 'Indexed', artifacts.map(({ metadata }) => metadata.name).join(', '))
    : met('ArtifactsIndexed', 'NoChanges', 'The agent changed nothing');
  const status = { ...seen.status, artifacts: artifacts.map(refTo) };
  return writeBack(ctx, run, {
    attempt,
    patch,
    seen: { ...seen, status, conditions: [...seen.conditions!, indexed] },
  });
}

function refTo({ metadata, spec }: KrateArtifact) {
  return { kind: spec.kind, name: metadata.name };
}
