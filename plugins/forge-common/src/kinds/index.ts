import { Kind } from '@krate/resource-model';
import { BranchProtection } from './branchProtection.kind';
import { Issue } from './issue.kind';
import { Job } from './job.kind';
import { KrateProject } from './krateProject.kind';
import { Pipeline } from './pipeline.kind';
import { PullRequest } from './pullRequest.kind';
import { RefPolicy } from './refPolicy.kind';
import { Repository } from './repository.kind';
import { RepositoryPermission } from './repositoryPermission.kind';
import { Review } from './review.kind';
import { RunnerPool } from './runnerPool.kind';
import { SSHKey } from './sshKey.kind';
import { WebhookDelivery } from './webhookDelivery.kind';
import { WebhookSubscription } from './webhookSubscription.kind';

export {
  BranchProtection,
  Issue,
  Job,
  KrateProject,
  Pipeline,
  PullRequest,
  RefPolicy,
  Repository,
  RepositoryPermission,
  Review,
  RunnerPool,
  SSHKey,
  WebhookDelivery,
  WebhookSubscription,
};
export { jobDefinitionSchema } from './pipeline.kind';

export const forgeKinds: readonly Kind[] = [
  Repository,
  RepositoryPermission,
  SSHKey,
  BranchProtection,
  RefPolicy,
  PullRequest,
  Review,
  Issue,
  KrateProject,
  WebhookSubscription,
  WebhookDelivery,
  RunnerPool,
  Pipeline,
  Job,
];
