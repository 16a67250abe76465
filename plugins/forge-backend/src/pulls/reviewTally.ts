import { Review } from '@krate/plugin-forge-common';

export interface ReviewTally {
  approvedBy: string[];
  changesRequestedBy: string[];
  decision: 'none' | 'approved' | 'changes-requested';
}

export interface TallyRules {
  author: string | undefined;
  /** Who dispatched the run that wrote it, where the organization wants another person to approve. */
  dispatcher?: string;
  headSha: string | undefined;
  /** An approval counts for the commit it was given to only. */
  dismissStale: boolean;
}

/**
 * Counts verdicts: the latest of each person other than the author. A comment takes no verdict back; a request for changes
 * stands until the same person approves.
 */
export function tallyReviews(
  reviews: readonly Review[],
  { author, dispatcher, headSha, dismissStale }: TallyRules,
): ReviewTally {
  const latest = new Map<string, Review>();
  for (const review of [...reviews].sort(byCreation)) {
    const { reviewer, decision } = review.spec;
    if (!reviewer || reviewer === author || reviewer.startsWith('run:') || decision === 'commented') continue;
    if (review.metadata.deletionTimestamp) continue;
    latest.set(reviewer, review);
  }
  const verdicts = [...latest.values()];
  const approvedBy = verdicts
    .filter(
      ({ spec }) =>
        spec.decision === 'approved' &&
        spec.reviewer !== dispatcher &&
        (!dismissStale || spec.headSha === headSha),
    )
    .map(({ spec }) => spec.reviewer!);
  const changesRequestedBy = verdicts
    .filter(({ spec }) => spec.decision === 'changes_requested')
    .map(({ spec }) => spec.reviewer!);
  if (changesRequestedBy.length > 0) return { approvedBy, changesRequestedBy, decision: 'changes-requested' };
  return { approvedBy, changesRequestedBy, decision: approvedBy.length > 0 ? 'approved' : 'none' };
}

function byCreation(a: Review, b: Review): number {
  return (
    (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') ||
    a.metadata.name.localeCompare(b.metadata.name)
  );
}
