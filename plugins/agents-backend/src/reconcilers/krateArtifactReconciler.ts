import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentDispatchAttempt, KrateArtifact } from '@krate/plugin-agents-common';
import { met, undecided, unmet } from './conditions';

/** Stores the content of an artifact in its stream, where it outlives the files of the run. */
export const krateArtifactReconciler = defineReconciler({
  for: KrateArtifact,
  reads: { attempt: reads.ref(AgentDispatchAttempt, 'spec.attempt') },

  reconcile(ctx, { metadata, spec, status }): Result<typeof KrateArtifact> {
    if (status?.phase === 'Available') return {};
    const stored = ctx.effects['store-artifact/store'];
    if (stored?.state === 'Succeeded') {
      return {
        status: { phase: 'Available' },
        conditions: [met('Ready', 'Available', `${spec.size} bytes`)],
      };
    }
    if (stored?.state === 'Failed' || stored?.state === 'Cancelled') {
      return { conditions: [unmet('Ready', 'Failed', stored.error?.message ?? 'It could not be stored')] };
    }
    const { name, namespace, uid } = metadata;
    const input = { namespace, name, uid, attemptUid: ctx.attempt?.metadata.uid, digest: spec.digest };
    return {
      status: { phase: 'Storing' },
      conditions: [undecided('Ready', 'Storing', 'The content is being stored')],
      effects: ctx.attempt ? [{ name: 'store-artifact', key: 'store', input }] : [],
    };
  },

  finalize(ctx, { metadata }) {
    const { name, namespace, uid } = metadata;
    if (ctx.effects['remove-streams/remove']?.state === 'Succeeded') return { done: true };
    const input = { resource: KrateArtifact.plural, namespace, name, uid };
    return { done: false, effects: [{ name: 'remove-streams', key: 'remove', input }], requeueAfter: 30 };
  },
});
