import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { Pipeline, PullRequest, Repository } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { WorkflowReader } from '../pipelines/WorkflowReader';
import { trustOf } from '../reconcilers/startPipelines';
import { ownedBy } from './ownedBy';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof Pipeline>;

/**
 * Anybody who may push may run a workflow again, and nobody may run another: the jobs are read from the file at the commit,
 * so that a check that succeeded is the check that was written.
 */
export function pipelineAdmission(
  repositories: GitRepositories,
  reader: WorkflowReader,
): AdmissionRule<typeof Pipeline> {
  return {
    name: 'forge-pipeline',
    kinds: [Pipeline],
    operations: ['create'],
    async admit(request) {
      if (request.principal.type === 'system') return;
      const { object, namespace, client } = request;
      const { spec } = object;
      if (!request.allows('push', Repository, spec.repository)) {
        throw forbidden(
          'REPOSITORY_WRITE_REQUIRED',
          'You may not run pipelines in this repository, or it does not exist',
          'spec.repository',
        );
      }
      const repository = await client.get(Repository, { namespace, name: spec.repository });
      const key = { namespace: namespace!, repository: spec.repository };
      if (!repository || !repositories.exists(key) || !(await repositories.hasCommit(key, spec.sha))) {
        throw invalid('COMMIT_MISSING', 'spec.sha', 'The repository has no such commit');
      }
      const workflow = (await reader.read(key, spec.sha)).find(({ name }) => name === spec.workflow);
      if (!workflow)
        throw invalid('WORKFLOW_MISSING', 'spec.workflow', 'The commit has no such file in .krate/pipelines');
      spec.jobs = workflow.problem === undefined ? workflow.jobs : [];
      spec.problem = workflow.problem;
      spec.actor = principalName(request.principal);
      ownedBy(object, repository);
      if (spec.pullRequest) await admitForPullRequest(request, spec.pullRequest);
    },
  };
}

async function admitForPullRequest({ object, namespace, client }: Request, name: string): Promise<void> {
  const pullRequest = await client.get(PullRequest, { namespace, name });
  if (pullRequest?.spec.repository !== object.spec.repository) {
    throw invalid('PULL_REQUEST_MISSING', 'spec.pullRequest', 'The repository has no such pull request');
  }
  if (pullRequest.status?.headSha !== object.spec.sha) {
    throw invalid('STALE_HEAD', 'spec.sha', 'The head of the pull request is another commit');
  }
  if (trustOf(pullRequest.spec.author) === 'untrusted') object.spec.trustTier = 'untrusted';
}
