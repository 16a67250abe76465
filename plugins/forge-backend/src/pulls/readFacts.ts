import { ResourceClient } from '@krate/controller-runtime';
import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { BranchProtection, Pipeline, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { GitFacts } from './GitFacts';
import { PullRequestFacts } from './assessPullRequest';

/** Reads everything that decides on a merge, now: what the reconciler saw may be old. */
export async function readFacts(
  client: ResourceClient,
  pullRequest: PullRequest,
  observeGit: (pullRequest: PullRequest) => Promise<GitFacts>,
): Promise<PullRequestFacts> {
  const namespace = pullRequest.metadata.namespace!;
  const fields = { 'spec.pullRequest': pullRequest.metadata.name };
  const organizationName = organizationOf(namespace);
  const [organization, repository, reviews, pipelines, protections, git] = await Promise.all([
    organizationName
      ? client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: organizationName })
      : undefined,
    client.get(Repository, { namespace, name: pullRequest.spec.repository }),
    client.list(Review, { namespace, fields }),
    client.list(Pipeline, { namespace, fields }),
    client.list(BranchProtection, { namespace }),
    observeGit(pullRequest),
  ]);
  return {
    pullRequest,
    organization,
    repository,
    git,
    reviews: reviews.items,
    pipelines: pipelines.items,
    protections: protections.items,
  };
}
