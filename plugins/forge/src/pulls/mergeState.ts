import { PullRequest } from '@krate/plugin-forge-common';

export type Gate = NonNullable<NonNullable<PullRequest['status']>['gates']>[number];

/** Where a pull request stands on its way into its target. */
export type MergeState =
  | { kind: 'merged'; commit?: string; by?: string; at?: string }
  | { kind: 'closed' }
  /** The merge was asked for and is being done. */
  | { kind: 'merging' }
  /** The gates of this head are not known yet. */
  | { kind: 'computing' }
  | { kind: 'ready'; headSha: string; refused?: string }
  /** Some gate is unmet. */
  | { kind: 'blocked'; unmet: Gate[]; refused?: string };

const GATE_WORDS: Record<Gate['name'], string> = {
  open: 'Open',
  'not-draft': 'Not a draft',
  'no-conflicts': 'No conflicts',
  approvals: 'Approved',
  'no-changes-requested': 'No changes requested',
  checks: 'Checks passed',
  'not-archived': 'Repository not archived',
};

export function gateWords({ name }: Gate): string {
  return GATE_WORDS[name] ?? name;
}

/** What the merge box shows, from what the controllers observed. */
export function mergeStateOf({ spec, status }: PullRequest): MergeState {
  if (status?.phase === 'Merged')
    return { kind: 'merged', commit: status.mergeCommit, by: status.mergedBy, at: status.mergedAt };
  if (status?.phase === 'Closed') return { kind: 'closed' };
  const merged = status?.conditions?.find(({ type }) => type === 'Merged');
  const refused = status?.mergeRefused?.message;
  // Between the request and the controller's first look nothing but the request itself tells.
  if (merged?.reason === 'Merging' || (spec.merge && !refused && merged?.reason !== 'Refused'))
    return { kind: 'merging' };
  if (!status?.headSha || !status.gates) return { kind: 'computing' };
  const unmet = status.gates.filter(({ met }) => !met);
  if (unmet.length > 0) return { kind: 'blocked', unmet, refused };
  return { kind: 'ready', headSha: status.headSha, refused };
}
