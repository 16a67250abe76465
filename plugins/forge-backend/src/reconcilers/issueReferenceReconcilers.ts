import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { PullRequest, Repository } from '@krate/plugin-forge-common';
import { closingReferences } from '../issues/closingReferences';

/** A merge that was long ago closed what it closed; an issue that was opened again since stays open. */
const NEWS_MS = 24 * 60 * 60 * 1000;

/** Closes what the commits of the default branch say they close, from the first head that was seen on. */
export const repositoryIssuesReconciler = defineReconciler({
  for: Repository,
  name: 'repository-issues',
  owns: [],
  reconcile({ effects }, { metadata, status }): Result<typeof Repository> {
    const { headSha, issuesSha } = status ?? {};
    if (!headSha || headSha === issuesSha) return {};
    // What was imported with its history closes nothing here.
    if (!issuesSha) return { status: { issuesSha: headSha } };
    const effect = effects[`close-issues/${headSha}`];
    if (effect?.state === 'Succeeded' || effect?.state === 'Failed')
      return { status: { issuesSha: headSha } };
    const input = {
      namespace: metadata.namespace,
      repository: metadata.name,
      from: issuesSha,
      to: headSha,
    };
    return { effects: [{ name: 'close-issues', key: headSha, input }] };
  },
});

/** Closes what a pull request said it closes, once it is merged into the default branch. */
export const pullRequestIssuesReconciler = defineReconciler({
  for: PullRequest,
  name: 'pull-request-issues',
  owns: [],
  reads: { repository: reads.ref(Repository, 'spec.repository') },
  reconcile({ repository, now }, { metadata, spec, status }): Result<typeof PullRequest> {
    if (status?.phase !== 'Merged' || !repository) return {};
    if (spec.targetRef !== `refs/heads/${repository.spec.defaultBranch}`) return {};
    if (!status.mergedAt || now.getTime() - Date.parse(status.mergedAt) > NEWS_MS) return {};
    const numbers = closingReferences(`${spec.title}\n${spec.description ?? ''}`);
    if (numbers.length === 0) return {};
    const input = {
      namespace: metadata.namespace,
      repository: spec.repository,
      numbers,
      pullRequest: metadata.name,
      by: status.mergedBy,
    };
    return { effects: [{ name: 'close-issues', key: 'merged', input }] };
  },
});
