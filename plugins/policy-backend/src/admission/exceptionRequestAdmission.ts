import { AdmissionRequest, AdmissionRule } from '@krate/plugin-control-plane-node';
import { PolicyExceptionRequest } from '@krate/plugin-policy-common';
import { ApiError } from '@krate/resource-model';

type Request = AdmissionRequest<typeof PolicyExceptionRequest>;

/** A request names one object and an end that is ahead, and is answered by somebody other than who made it. */
export function exceptionRequestAdmission(
  now: () => Date = () => new Date(),
): AdmissionRule<typeof PolicyExceptionRequest> {
  return {
    name: 'policy-exception-request',
    kinds: [PolicyExceptionRequest],
    operations: ['create', 'update'],
    admit(request) {
      if (request.operation === 'create') admitCreate(request, now());
      admitDecision(request);
    },
  };
}

function admitCreate({ object: { spec } }: Request, now: Date): void {
  const { resourceRef, job, pipeline, pullRequest, repository, expiresAt } = spec;
  if (!(resourceRef ?? job ?? pipeline ?? pullRequest ?? repository)) {
    throw invalid(
      'OBJECT_REQUIRED',
      'spec.resourceRef',
      'an exception is for one object: name it here, or give its repository, pull request, pipeline or job',
    );
  }
  if (Date.parse(expiresAt) <= now.getTime())
    throw invalid('EXPIRY_IN_PAST', 'spec.expiresAt', 'the exception would have ended before it began');
}

/** The stamp of the decision is the server's own by now, so it says who decides. */
function admitDecision({ object, oldObject, principal }: Request): void {
  const { decision, decidedBy, requestedBy } = object.spec;
  if (principal.type === 'system' || !decision || oldObject?.spec.decision) return;
  if (decidedBy !== requestedBy) return;
  throw new ApiError('Forbidden', 'Nobody answers their own request: ask somebody else', {
    causes: [
      { reason: 'OWN_REQUEST', field: 'spec.decision', message: 'somebody other than who asked must decide' },
    ],
  });
}

function invalid(reason: string, field: string, message: string): ApiError {
  return new ApiError('Invalid', `${field}: ${message}`, { causes: [{ reason, field, message }] });
}
