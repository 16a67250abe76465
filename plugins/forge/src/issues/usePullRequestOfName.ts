import { useResource } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';

/** The pull request of a name, where there is one; nothing is asked without a name. */
export function usePullRequestOfName(namespace: string, name: string | undefined): PullRequest | undefined {
  return useResource(PullRequest, namespace, name).object;
}
