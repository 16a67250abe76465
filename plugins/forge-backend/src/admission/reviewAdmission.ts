import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { admitSecondPerson } from './admitSecondPerson';
import { ownedBy } from './ownedBy';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof Review>;

/** A review is its writer's own, of a commit that is named, and never of their own work. */
export const reviewAdmission: AdmissionRule<typeof Review> = {
  name: 'forge-review',
  kinds: [Review],
  operations: ['create', 'update', 'delete'],
  async admit(request) {
    const { principal } = request;
    if (principal.type === 'system') return undefined;
    if (principal.type !== 'user')
      throw forbidden('REVIEW_BY_PEOPLE_ONLY', 'Only people review pull requests');
    if (request.operation === 'create') return admitCreate(request);
    return admitChange(request);
  },
};

async function admitCreate({ object, namespace, principal, client, allows }: Request): Promise<void> {
  const { spec } = object;
  const pullRequest = await client.get(PullRequest, { namespace, name: spec.pullRequest });
  const repository = pullRequest?.spec.repository;
  if (!pullRequest || !allows('get', Repository, repository)) {
    throw invalid('PULL_REQUEST_MISSING', 'spec.pullRequest', 'The pull request does not exist');
  }
  if (!allows('push', Repository, repository)) {
    throw forbidden(
      'REPOSITORY_WRITE_REQUIRED',
      'You may read this repository and not review its pull requests',
      'spec.pullRequest',
    );
  }
  spec.reviewer = principalName(principal);
  if (spec.decision !== 'commented' && pullRequest.spec.author === spec.reviewer) {
    throw forbidden(
      'OWN_PULL_REQUEST',
      'Nobody gives a verdict on their own pull request; ask somebody else',
      'spec.decision',
    );
  }
  if (spec.decision === 'approved')
    await admitSecondPerson({ client, principal, field: 'spec.decision' }, pullRequest);
  spec.headSha ??= pullRequest.status?.headSha;
  if (!spec.headSha && spec.decision !== 'commented') {
    throw invalid(
      'HEAD_UNKNOWN',
      'spec.headSha',
      'The pull request has no head commit yet; try again in a moment',
    );
  }
  ownedBy(object, pullRequest);
}

async function admitChange({
  operation,
  object,
  oldObject,
  namespace,
  principal,
  client,
  allows,
}: Request): Promise<void> {
  const review = oldObject ?? object;
  if (review.spec.reviewer === principalName(principal)) return;
  const pullRequest = await client.get(PullRequest, { namespace, name: review.spec.pullRequest });
  // An admin may remove a review whose writer left; nobody rewrites one.
  if (operation === 'delete' && allows('bypass', Repository, pullRequest?.spec.repository)) return;
  throw forbidden('NOT_YOUR_REVIEW', 'Only its writer changes or removes a review');
}
