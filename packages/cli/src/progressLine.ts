import { ApiObject } from './ApiClient';

/** Phases that a run does not leave. */
export const RUN_ENDED = ['Completed', 'Failed', 'Cancelled'];

/** What a person should read about a run's present state, in one line. */
export function progressLine(run: ApiObject): string {
  const { phase = 'Pending', queuePosition, lastError, pullRequest } = run.status ?? {};
  if (phase === 'AwaitingApproval') return 'waits for an approval (krate get approvals)';
  if (phase === 'Queued' && queuePosition) return `queued, position ${queuePosition}`;
  if (phase === 'Failed')
    return `failed: ${lastError?.message ?? 'no reason given'} (${lastError?.code ?? 'unknown'})`;
  if (phase === 'Completed')
    return pullRequest ? `completed; it opened ${pullRequest}` : 'completed without a change';
  return phase.toLowerCase();
}
