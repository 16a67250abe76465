import { Observer } from '@krate/controller-runtime';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { ActiveRuns } from '../queue/ActiveRuns';
import { PoolQueue } from '../reconcilers/run/RunContext';

/** Tells a run who is before it. */
export function poolQueueObserver(runs: ActiveRuns): Observer<typeof AgentDispatchRun, PoolQueue> {
  return { name: 'pool-queue', observe: async run => runs.queueOf(run) };
}
