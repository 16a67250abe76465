import { Greeting } from '@acme/plugin-greetings-common';
import { defineReconciler, Result } from '@krate/controller-runtime';

/** A card is written for every greeting, and again when its words change. */
export const greetingReconciler = defineReconciler({
  for: Greeting,
  reconcile({ effects }, { metadata, spec }): Result<typeof Greeting> {
    const key = String(metadata.generation);
    const writing = effects[`write-card/${key}`];
    return {
      effects: [{ name: 'write-card', key, input: { text: `${spec.words}, ${spec.to}!` } }],
      ...(writing?.state === 'Succeeded' && { status: { card: writing.result as string } }),
      conditions: [readiness(writing)],
    };
  },
});

function readiness(writing: { state: string; error?: { message: string } } | undefined) {
  if (writing?.state === 'Succeeded')
    return { type: 'Ready', status: 'True', reason: 'Written', message: 'The card is written' } as const;
  if (writing?.state === 'Failed') {
    const message = writing.error?.message ?? 'The card could not be written';
    return { type: 'Ready', status: 'False', reason: 'NotWritten', message } as const;
  }
  return { type: 'Ready', status: 'False', reason: 'Writing', message: 'The card is being written' } as const;
}
