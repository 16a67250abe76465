import { Issue, PullRequest } from '@krate/plugin-forge-common';

/** A pull request of a test; what is given replaces what is here. */
export function aPullRequest({
  spec,
  status,
}: { spec?: Partial<PullRequest['spec']>; status?: PullRequest['status'] } = {}): PullRequest {
  return {
    apiVersion: PullRequest.apiVersion,
    kind: 'PullRequest',
    metadata: {
      name: 'web-1',
      namespace: 'krate-org-acme',
      uid: 'uid-web-1',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      repository: 'web',
      number: 1,
      title: 'Round prices',
      sourceRef: 'refs/heads/fix',
      targetRef: 'refs/heads/main',
      draft: false,
      state: 'open',
      author: 'grace',
      reviewers: [],
      ...spec,
    },
    status,
  };
}

/** An issue of a test. */
export function anIssue(spec: Partial<Issue['spec']> = {}, name = 'web-2'): Issue {
  return {
    apiVersion: Issue.apiVersion,
    kind: 'Issue',
    metadata: {
      name,
      namespace: 'krate-org-acme',
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      repository: 'web',
      number: 2,
      title: 'Prices',
      author: 'grace',
      state: 'open',
      priority: 'none',
      labels: [],
      assignees: [],
      repositoryRefs: [],
      projectRefs: [],
      blockedBy: [],
      comments: [],
      ...spec,
    },
  };
}
