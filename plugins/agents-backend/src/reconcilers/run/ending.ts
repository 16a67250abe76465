import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { met, unmet } from '../conditions';
import { completeNotice } from './notices';
import { RunContext, RunResult } from './RunContext';

/** A run that ends badly: why, for machines and for people. */
export function failed(
  ctx: RunContext,
  run: AgentDispatchRun,
  error: { code: string; message: string; retryable?: boolean },
  more: RunResult = {},
): RunResult {
  const lastError = { code: error.code, message: error.message, retryable: error.retryable ?? false };
  return ended(ctx, run, {
    ...more,
    status: { ...more.status, phase: 'Failed', lastError },
    conditions: [...(more.conditions ?? []), unmet('Complete', 'Failed', error.message)],
    events: [{ type: 'Warning', reason: 'Failed', message: `${error.code}: ${error.message}` }],
  });
}

export function cancelled(ctx: RunContext, run: AgentDispatchRun, more: RunResult = {}): RunResult {
  const { requestedBy, reason } = run.spec.cancel ?? {};
  const message = `Cancelled by ${requestedBy ?? 'the system'}${reason ? `: ${reason}` : ''}`;
  return ended(ctx, run, {
    ...more,
    status: { ...more.status, phase: 'Cancelled' },
    conditions: [...(more.conditions ?? []), unmet('Complete', 'Cancelled', message)],
    events: [{ type: 'Normal', reason: 'Cancelled', message }],
  });
}

export function completed(
  ctx: RunContext,
  run: AgentDispatchRun,
  message: string,
  more: RunResult,
): RunResult {
  return ended(ctx, run, {
    ...more,
    status: { ...more.status, phase: 'Completed' },
    conditions: [...(more.conditions ?? []), met('Complete', 'Succeeded', message)],
    events: [{ type: 'Normal', reason: 'Completed', message }],
  });
}

function ended(ctx: RunContext, run: AgentDispatchRun, result: RunResult): RunResult {
  return {
    ...result,
    status: { ...result.status, finishedAt: ctx.now.toISOString(), queuePosition: null, awaitingSince: null },
    effects: [
      ...(result.effects ?? []),
      completeNotice(run, result.status?.phase ?? '', result.status?.pullRequest ?? undefined),
    ],
  };
}

/** What stays to be done for a run that is over: its workspace goes back. */
export function afterwards(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const { workspace } = ctx;
  if (workspace?.spec.runRef !== run.metadata.name) return {};
  const input = {
    namespace: run.metadata.namespace,
    workspace: workspace.metadata.name,
    run: run.metadata.name,
  };
  return { effects: [{ name: 'release-workspace', key: workspace.metadata.uid, input }] };
}
