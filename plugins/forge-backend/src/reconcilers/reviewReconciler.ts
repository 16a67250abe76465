import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { PullRequest, Review } from '@krate/plugin-forge-common';

const PHASE = {
  approved: 'Approved',
  changes_requested: 'ChangesRequested',
  commented: 'Commented',
} as const;

/** Says whether a review still speaks of the present head. */
export const reviewReconciler = defineReconciler({
  for: Review,
  reads: { pullRequest: reads.ref(PullRequest, 'spec.pullRequest') },
  reconcile({ pullRequest }, { spec }): Result<typeof Review> {
    const phase = PHASE[spec.decision];
    if (!pullRequest) {
      const message = 'The pull request does not exist';
      return {
        status: { phase },
        conditions: [{ type: 'Ready', status: 'False', reason: 'PullRequestMissing', message }],
      };
    }
    if (spec.decision !== 'commented' && spec.reviewer === pullRequest.spec.author) {
      const message = 'A verdict on one’s own pull request does not count';
      return {
        status: { phase, stale: null },
        conditions: [{ type: 'Ready', status: 'False', reason: 'OwnPullRequest', message }],
      };
    }
    const head = pullRequest.status?.headSha;
    const stale = Boolean(head && spec.headSha && head !== spec.headSha);
    const message = stale ? 'The pull request moved on since' : 'The review is of the present head';
    return {
      status: { phase, stale },
      conditions: [
        { type: 'Ready', status: stale ? 'False' : 'True', reason: stale ? 'Stale' : 'Counted', message },
      ],
    };
  },
});
