import { PullRequest } from '@krate/plugin-forge-common';

/**
 * Whether a pull request is over and known to be: merged, or closed with no merge under way. After a start there may be
 * thousands of them, and none is worth a look into git.
 */
export function isSettled({ spec, status }: PullRequest): boolean {
  if (status?.phase === 'Merged') return true;
  return spec.state === 'closed' && status?.phase === 'Closed' && !spec.merge;
}
