import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { digestOf } from '../review/digestOf';
import { isTerminal } from '../reconcilers/run/RunContext';
import { admitWithinBudget } from './admitWithinBudget';
import { fullRefOf } from './fullRefOf';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof AgentDispatchRun>;

/** A run says who asked for it and from which ref it starts; once made, nothing of it changes but its cancellation. */
export const runAdmission: AdmissionRule<typeof AgentDispatchRun> = {
  name: 'agents-run',
  kinds: [AgentDispatchRun],
  operations: ['create', 'update'],
  async admit(request) {
    if (request.operation === 'create') await admitNew(request);
    else admitChange(request);
  },
};

async function admitNew(request: Request): Promise<void> {
  const { principal, object } = request;
  if (principal.type === 'run') throw forbidden('RUN_MAY_NOT_DISPATCH', 'A run never dispatches another run');
  if (principal.type !== 'system' || !object.spec.requestedBy)
    object.spec.requestedBy = principalName(principal);
  if (object.spec.cancel)
    throw invalid('RUN_BORN_CANCELLED', 'spec.cancel', 'A run is cancelled after it was created');
  object.spec.ref = fullRefOf(object.spec.ref);
  object.spec.attemptNumber = object.spec.retryOf ? await numberOfRetry(request, object.spec.retryOf) : 1;
  await admitWithinBudget(request.client, request.namespace);
}

async function numberOfRetry({ client, namespace, object }: Request, name: string): Promise<number> {
  const before = await client.get(AgentDispatchRun, { namespace, name });
  if (!before) throw invalid('RETRY_OF_MISSING', 'spec.retryOf', `There is no run ${name}`);
  if (!isTerminal(before.status?.phase))
    throw invalid('RETRY_OF_LIVING', 'spec.retryOf', `The run ${name} is not over: cancel it first`);
  const same =
    before.spec.repository === object.spec.repository && before.spec.agentStack === object.spec.agentStack;
  if (!same)
    throw invalid(
      'RETRY_DIFFERS',
      'spec.retryOf',
      'A retry has the repository and the stack of the run it repeats',
    );
  return before.spec.attemptNumber + 1;
}

function admitChange({ object, oldObject, principal }: Request): void {
  const frozen = ({ cancel: _, ...spec }: AgentDispatchRun['spec']) => digestOf(spec);
  if (principal.type !== 'system' && frozen(object.spec) !== frozen(oldObject!.spec)) {
    throw invalid(
      'RUN_IS_FROZEN',
      'spec',
      'A run does not change once it was dispatched: cancel it and dispatch another',
    );
  }
  if (object.spec.cancel && !oldObject!.spec.cancel && isTerminal(oldObject!.status?.phase)) {
    throw invalid('RUN_IS_OVER', 'spec.cancel', 'The run is over already');
  }
}
