import { ApiError } from '@krate/resource-model';
import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { DISPATCHED_BY_ANNOTATION, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { toBranchRef } from '@krate/plugin-forge-node';
import { admitSecondPerson } from './admitSecondPerson';
import { ownedBy } from './ownedBy';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof PullRequest>;

/** Branches by their full names, an author nobody can claim to be, and a repository the caller may write to. */
export const pullRequestAdmission: AdmissionRule<typeof PullRequest> = {
  name: 'forge-pull-request',
  kinds: [PullRequest],
  operations: ['create', 'update'],
  async admit(request) {
    keepDispatcher(request);
    normalise(request, 'sourceRef');
    normalise(request, 'targetRef');
    const { spec } = request.object;
    if (spec.sourceRef === spec.targetRef)
      throw invalid('SAME_BRANCH', 'spec.targetRef', 'The source and the target are the same branch');
    if (request.operation === 'update') {
      await admitTarget(request);
      return admitUpdate(request);
    }
    return admitCreate(request);
  },
};

/** Only the system says who dispatched the run, once: whoever could write it could approve their own. */
function keepDispatcher({ operation, object, oldObject, principal }: Request): void {
  if (operation === 'create' && principal.type === 'system') return;
  const before = oldObject?.metadata.annotations?.[DISPATCHED_BY_ANNOTATION];
  if (object.metadata.annotations?.[DISPATCHED_BY_ANNOTATION] === before) return;
  const { [DISPATCHED_BY_ANNOTATION]: _, ...others } = object.metadata.annotations ?? {};
  object.metadata.annotations =
    before === undefined ? others : { ...others, [DISPATCHED_BY_ANNOTATION]: before };
}

function normalise({ object }: Request, field: 'sourceRef' | 'targetRef'): void {
  const ref = toBranchRef(object.spec[field]);
  if (!ref)
    throw invalid('BRANCH_NAME_INVALID', `spec.${field}`, 'This cannot be the name of a branch in git');
  object.spec[field] = ref;
}

async function admitCreate(request: Request): Promise<void> {
  const { object, principal, client } = request;
  // The system opens what a run wrote, in the name of that run.
  if (principal.type !== 'system' || !object.spec.author) object.spec.author = principalName(principal);
  const repository = await client.get(Repository, {
    namespace: request.namespace,
    name: object.spec.repository,
  });
  const agent = principal.type === 'run' || principal.type === 'system';
  if (!agent && !request.allows('push', Repository, object.spec.repository)) {
    // The same for a repository that does not exist: who may not write to it need not know.
    throw forbidden(
      'REPOSITORY_WRITE_REQUIRED',
      'You may not open pull requests in this repository, or it does not exist',
      'spec.repository',
    );
  }
  if (!repository) {
    if (agent) return;
    throw invalid('REPOSITORY_MISSING', 'spec.repository', 'The repository does not exist');
  }
  if (repository.spec.archived)
    throw invalid('REPOSITORY_ARCHIVED', 'spec.repository', 'The repository is archived');
  ownedBy(object, repository);
}

/** A verdict is on the difference to one branch; it must not be carried over to another. */
async function admitTarget({ object, oldObject, namespace, client }: Request): Promise<void> {
  if (object.spec.targetRef === oldObject!.spec.targetRef) return;
  const { items } = await client.list(Review, {
    namespace,
    fields: { 'spec.pullRequest': object.metadata.name },
  });
  if (items.some(({ spec }) => spec.decision !== 'commented')) {
    throw invalid(
      'TARGET_REVIEWED',
      'spec.targetRef',
      'It was reviewed against its present target; open another pull request for the other branch',
    );
  }
}

async function admitUpdate({ object, oldObject, principal, allows, client }: Request): Promise<void> {
  const before = oldObject!;
  object.spec.author = before.spec.author;
  if (object.spec.sourceRef !== before.spec.sourceRef) {
    throw invalid(
      'FieldValueInvalid',
      'spec.sourceRef',
      'The source branch of a pull request cannot be changed; open another one',
    );
  }
  const merge = object.spec.merge;
  const asked = merge && merge.requestedAt !== before.spec.merge?.requestedAt;
  if (asked && before.status?.phase === 'Merged') {
    throw new ApiError('Conflict', 'The pull request is merged already', {
      causes: [{ reason: 'ALREADY_MERGED', message: 'It is merged', field: 'spec.merge' }],
    });
  }
  if (principal.type === 'user' && !allows('push', Repository, before.spec.repository)) {
    throw forbidden('REPOSITORY_WRITE_REQUIRED', 'You may not change pull requests of this repository');
  }
  if (asked && principal.type === 'user')
    await admitSecondPerson({ client, principal, field: 'spec.merge' }, before);
}
