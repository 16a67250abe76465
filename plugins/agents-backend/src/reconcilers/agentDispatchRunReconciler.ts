import { defineReconciler, Result } from '@krate/controller-runtime';
import type { AgentDispatchRun as Run } from '@krate/plugin-agents-common';
import { AgentDispatchAttempt, AgentDispatchRun } from '@krate/plugin-agents-common';
import { afterwards, cancelled } from './run/ending';
import { followAttempt } from './run/follow';
import { launchWhenThereIsRoom } from './run/launch';
import { awaitLaunch, reviewRun } from './run/review';
import { attemptOf, isTerminal, RunContext, runReads } from './run/RunContext';

/**
 * The life of a run:
 *
 *     Pending ─ review ─┬─ AwaitingApproval ─┐
 *                       ├────────────────────┴─ Queued ─ Running ⇄ AwaitingApproval ─ Completed
 *                       └─ Failed                              └─ Failed | Cancelled
 *
 * Each phase is one function, given what the run reads. A launched run is what its attempt is; it takes a place in its pool
 * while it works and gives it back while it waits for a person.
 */
export const agentDispatchRunReconciler = defineReconciler({
  for: AgentDispatchRun,
  reads: runReads,

  reconcile(ctx, run): Result<typeof AgentDispatchRun> {
    const phase = run.status?.phase ?? 'Pending';
    const launched = run.status?.attemptRef !== undefined;
    if (isTerminal(phase)) return afterwards(ctx, run);
    if (run.spec.cancel) return cancelRun(ctx, run);
    if (launched) return followAttempt(ctx, run);
    if (phase === 'Queued') return launchWhenThereIsRoom(ctx, run);
    return phase === 'AwaitingApproval' ? awaitLaunch(ctx, run) : reviewRun(ctx, run);
  },

  /** The attempt ends its process and the workspace removes its files before they let themselves be deleted. */
  finalize(ctx, run) {
    const attempt = attemptOf(ctx);
    const workspace = ctx.workspace?.metadata.name === run.metadata.name ? ctx.workspace : undefined;
    if (!attempt && !workspace) return { done: true };
    const remove = attempt
      ? [{ kind: AgentDispatchAttempt, name: attempt.metadata.name }]
      : [{ kind: runReads.workspace.kind, name: workspace!.metadata.name }];
    return { done: false, remove };
  },
});

/** Before the launch there is nothing to end; after it the attempt is asked to, and has the last word on how it ended. */
function cancelRun(ctx: RunContext, run: Run): Result<typeof AgentDispatchRun> {
  const attempt = attemptOf(ctx);
  const ended = ['Succeeded', 'Failed', 'Cancelled'].includes(attempt?.status?.phase ?? '');
  if (!attempt || ended) return cancelled(ctx, run);
  return {
    apply: [
      {
        kind: AgentDispatchAttempt,
        object: {
          metadata: { name: attempt.metadata.name },
          spec: { ...attempt.spec, cancel: true },
        } as never,
      },
    ],
  };
}
