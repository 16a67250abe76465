import { defineReconciler, Result } from '@krate/controller-runtime';
import { KrateWorkspacePolicy } from '@krate/plugin-agents-common';
import { met } from './conditions';

/** A policy that passed validation is valid; what it says is read in words. */
export const krateWorkspacePolicyReconciler = defineReconciler({
  for: KrateWorkspacePolicy,

  reconcile(_ctx, { spec }): Result<typeof KrateWorkspacePolicy> {
    const { retentionPolicy, requiresApproval, maxConcurrentSessions } = spec;
    const sentences = [
      `A workspace stays ${retentionPolicy.maxAgeHours} h after its run`,
      ...(requiresApproval ? ['each run is approved before its launch'] : []),
      ...(maxConcurrentSessions === undefined ? [] : [`at most ${maxConcurrentSessions} sessions at once`]),
    ];
    return { conditions: [met('Ready', 'Valid', sentences.join('; '))] };
  },
});
