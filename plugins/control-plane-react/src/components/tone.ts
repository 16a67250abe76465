/** How a status feels; every kind's phases map to one of these, here and nowhere else. */
export type Tone = 'good' | 'busy' | 'attention' | 'bad' | 'quiet';

const TONES: Record<Tone, readonly string[]> = {
  good: [
    'Ready',
    'Active',
    'Available',
    'Approved',
    'Succeeded',
    'Completed',
    'Merged',
    'Synced',
    'Bound',
    'Open',
    'True',
    'Passed',
    'Delivered',
  ],
  busy: [
    'Pending',
    'Queued',
    'Running',
    'InUse',
    'Provisioning',
    'Reconciling',
    'Starting',
    'Cloning',
    'Merging',
    'Storing',
    'Archiving',
    'Terminating',
    'Delivering',
  ],
  attention: [
    'AwaitingApproval',
    'Parked',
    'Degraded',
    'Conflict',
    'RateLimited',
    'ChangesRequested',
    'Saturated',
    'Unknown',
    'Dirty',
    'Suspended',
    'Retrying',
    'Failing',
  ],
  bad: ['Failed', 'Blocked', 'Denied', 'Expired', 'False', 'Error'],
  quiet: [
    'Paused',
    'Archived',
    'Cancelled',
    'Closed',
    'Draft',
    'Commented',
    'Idle',
    'Empty',
    'Disabled',
    'Revoked',
    'Withdrawn',
    'Skipped',
  ],
};

const BY_STATUS = new Map(
  (Object.entries(TONES) as [Tone, readonly string[]][]).flatMap(([tone, statuses]) =>
    statuses.map(status => [status, tone] as const),
  ),
);

/** The tone of a phase, condition status or conclusion; words nobody mapped are quiet. */
export function toneOf(status: string | undefined): Tone {
  return BY_STATUS.get(status ?? '') ?? 'quiet';
}
