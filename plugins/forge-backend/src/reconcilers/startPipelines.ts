import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Pipeline, PullRequest, Repository } from '@krate/plugin-forge-common';
import { HeadWorkflows } from '../observers/workflowObservers';
import { startsOnPush } from '../pipelines/parseWorkflow';
import { pipelineFor } from '../pipelines/pipelineFor';

/** Starts the pipelines of each new head of the default branch. People with write access put it there: it is trusted. */
export const repositoryPipelinesReconciler = defineReconciler({
  for: Repository,
  name: 'repository-pipelines',
  owns: [],
  reads: { head: reads.observed('repository-workflows') },
  reconcile(ctx, { metadata, spec }): Result<typeof Repository> {
    const head = ctx.head as HeadWorkflows;
    if (!head || spec.archived) return {};
    const ref = `refs/heads/${spec.defaultBranch}`;
    const context = {
      namespace: metadata.namespace!,
      repository: metadata.name,
      ref,
      sha: head.sha,
      trustTier: 'trusted' as const,
    };
    return {
      apply: head.workflows
        .filter(workflow => startsOnPush(workflow, ref))
        .map(workflow => ({ kind: Pipeline, object: pipelineFor(workflow, context) })),
      status: { pipelinesSha: head.sha },
    };
  },
});

/** Starts the pipelines of each new head of an open pull request. What an agent wrote is untrusted until it is merged. */
export const pullRequestPipelinesReconciler = defineReconciler({
  for: PullRequest,
  name: 'pull-request-pipelines',
  owns: [],
  reads: {
    head: reads.observed('pull-request-workflows'),
    repository: reads.ref(Repository, 'spec.repository'),
  },
  reconcile(ctx, { metadata, spec, status }): Result<typeof PullRequest> {
    const head = ctx.head as HeadWorkflows;
    const open =
      spec.state === 'open' && status?.phase !== 'Merged' && ctx.repository?.spec.archived === false;
    if (!head || !open || !spec.number) return {};
    const context = {
      namespace: metadata.namespace!,
      repository: spec.repository,
      ref: spec.sourceRef,
      sha: head.sha,
      pullRequest: { name: metadata.name, number: spec.number },
      trustTier: trustOf(spec.author),
      actor: spec.author,
    };
    return {
      apply: head.workflows
        .filter(workflow => workflow.problem !== undefined || workflow.onPullRequest)
        .map(workflow => ({ kind: Pipeline, object: pipelineFor(workflow, context) })),
      status: { pipelinesSha: head.sha },
    };
  },
});

/** Work of a person is trusted as far as that person is; of anything else, not. */
export function trustOf(author: string | undefined): 'trusted' | 'untrusted' {
  return author && !/^(run|system):|^anonymous$/.test(author) ? 'trusted' : 'untrusted';
}
