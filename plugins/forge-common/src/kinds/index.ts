import { Kind } from '@krate/resource-model';
import { BranchProtection } from './branchProtection.kind';
import { Job } from './job.kind';
import { Pipeline } from './pipeline.kind';
import { PullRequest } from './pullRequest.kind';
import { Repository } from './repository.kind';
import { RepositoryPermission } from './repositoryPermission.kind';
import { Review } from './review.kind';
import { RunnerPool } from './runnerPool.kind';

export { BranchProtection, Job, Pipeline, PullRequest, Repository, RepositoryPermission, Review, RunnerPool };
export { jobDefinitionSchema } from './pipeline.kind';

export const forgeKinds: readonly Kind[] = [
  Repository,
  RepositoryPermission,
  BranchProtection,
  PullRequest,
  Review,
  RunnerPool,
  Pipeline,
  Job,
];
