import { ResourceInput } from '@krate/resource-model';
import { Pipeline } from '@krate/plugin-forge-common';
import { Workflow } from './parseWorkflow';

export interface PipelineContext {
  namespace: string;
  repository: string;
  ref: string;
  sha: string;
  /** The pull request's name and number. */
  pullRequest?: { name: string; number: number };
  trustTier: 'trusted' | 'untrusted';
  actor?: string;
}

/** The Pipeline of a workflow on a commit: the same name whenever it is asked for, so that there is one. */
export function pipelineFor(workflow: Workflow, context: PipelineContext): ResourceInput<Pipeline> {
  const { namespace, repository, ref, sha, pullRequest, trustTier, actor } = context;
  const suffix = pullRequest ? `-${pullRequest.number}` : '';
  return {
    apiVersion: Pipeline.apiVersion,
    kind: Pipeline.kind,
    metadata: { namespace, name: `${repository}-${workflow.name}-${sha.slice(0, 8)}${suffix}` },
    spec: {
      repository,
      ref,
      sha,
      workflow: workflow.name,
      trustTier,
      jobs: workflow.problem === undefined ? workflow.jobs : [],
      ...(workflow.problem === undefined ? {} : { problem: workflow.problem }),
      ...(pullRequest ? { pullRequest: pullRequest.name } : {}),
      ...(actor ? { actor } : {}),
    },
  };
}
