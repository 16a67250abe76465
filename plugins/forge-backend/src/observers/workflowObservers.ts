import { Observer } from '@krate/controller-runtime';
import { PullRequest, Repository } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { Workflow } from '../pipelines/parseWorkflow';
import { WorkflowReader } from '../pipelines/WorkflowReader';
import { whileThere } from './whileThere';

/** The head of a branch and the workflows in it; nothing when there is no head, or its pipelines were started. */
export type HeadWorkflows = { sha: string; workflows: Workflow[] } | undefined;

/** What a Repository's default branch asks to be run. */
export function repositoryWorkflowsObserver(
  repositories: GitRepositories,
  reader: WorkflowReader,
): Observer<typeof Repository, HeadWorkflows> {
  return {
    name: 'repository-workflows',
    observe: ({ metadata, spec, status }) =>
      headWorkflows(
        repositories,
        reader,
        metadata.namespace!,
        metadata.name,
        `refs/heads/${spec.defaultBranch}`,
        status?.pipelinesSha,
      ),
  };
}

/** What the head of a pull request asks to be run. */
export function pullRequestWorkflowsObserver(
  repositories: GitRepositories,
  reader: WorkflowReader,
): Observer<typeof PullRequest, HeadWorkflows> {
  return {
    name: 'pull-request-workflows',
    observe: ({ metadata, spec, status }) =>
      headWorkflows(
        repositories,
        reader,
        metadata.namespace!,
        spec.repository,
        spec.sourceRef,
        status?.pipelinesSha,
      ),
  };
}

async function headWorkflows(
  repositories: GitRepositories,
  reader: WorkflowReader,
  namespace: string,
  repository: string,
  ref: string,
  started: string | undefined,
): Promise<HeadWorkflows> {
  const key = { namespace, repository };
  const look = async (): Promise<HeadWorkflows> => {
    const sha = await repositories.readRef(key, ref);
    return sha && sha !== started ? { sha, workflows: await reader.read(key, sha) } : undefined;
  };
  return whileThere(repositories, key, look, undefined);
}
