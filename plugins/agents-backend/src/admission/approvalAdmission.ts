import { AgentApproval, AgentDispatchRun } from '@krate/plugin-agents-common';
import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof AgentApproval>;
const FIELD = 'spec.decision';

/** A decision is a person's, comes once and in time, and where the organization says so not from who dispatched the run. */
export function approvalAdmission(now: () => Date = () => new Date()): AdmissionRule<typeof AgentApproval> {
  return {
    name: 'agents-approval',
    kinds: [AgentApproval],
    operations: ['create', 'update'],
    async admit(request) {
      const { object, oldObject, principal } = request;
      const { decision } = object.spec;
      if (decision === undefined || decision === oldObject?.spec.decision) return;
      if (request.operation === 'create')
        throw invalid('APPROVAL_BORN_DECIDED', FIELD, 'A question is asked before it is answered');
      if (principal.type !== 'user')
        throw forbidden('APPROVAL_BY_PERSON_ONLY', 'Only a person decides', FIELD);
      admitInTime(oldObject!, now());
      if (decision === 'approve') await admitSecondPerson(request);
    },
  };
}

function admitInTime({ status, spec }: AgentApproval, now: Date): void {
  const phase = status?.phase ?? 'Pending';
  if (phase === 'Expired' || Date.parse(spec.expiresAt) <= now.getTime()) {
    throw invalid(
      'APPROVAL_EXPIRED',
      FIELD,
      `The question expired at ${spec.expiresAt}: dispatch the run again`,
    );
  }
  if (phase !== 'Pending')
    throw invalid('APPROVAL_CLOSED', FIELD, `The question is ${phase.toLowerCase()} already`);
}

async function admitSecondPerson({ client, namespace, object, principal }: Request): Promise<void> {
  const organization = organizationOf(namespace);
  const [org, run] = await Promise.all([
    organization
      ? client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: organization })
      : undefined,
    client.get(AgentDispatchRun, { namespace, name: object.spec.dispatchRun }),
  ]);
  if (!org?.spec.requireSecondApprover || run?.spec.requestedBy !== principalName(principal)) return;
  throw forbidden(
    'SECOND_APPROVER_REQUIRED',
    'This organization wants a second person to approve: whoever dispatched the run may not',
    FIELD,
  );
}
