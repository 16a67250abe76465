import {
  AgentDispatchRun,
  cancelAgentRun,
  dispatchAgent,
  getAgentRun,
  listAgentRuns,
  retryAgentRun,
} from '@krate/plugin-agents-common';
import { facadeRoute, FacadeRoute, OrganizationContext } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { isTerminal } from '../reconcilers/run/RunContext';

/** Runs from the dispatch to the end. */
export const runRoutes: readonly FacadeRoute[] = [
  facadeRoute(dispatchAgent, async (context, { body }) => {
    const agentStack = body.stackRef ?? body.agentStack;
    if (!agentStack) {
      const message = 'Name the AgentStack that does it: `stackRef`';
      throw new ApiError('BadRequest', message, {
        causes: [{ reason: 'FieldValueRequired', field: 'stackRef', message }],
      });
    }
    const { repository, taskKind, requiresApproval, runnerPool } = body;
    return dispatch(context, {
      ...{ repository, agentStack, taskKind, requiresApproval, runnerPool },
      task: body.prompt ?? body.task,
      ref: body.branch ?? body.ref,
      sourceRefs: body.context ?? body.sourceRefs,
    });
  }),

  facadeRoute(listAgentRuns, async (context, { query: { phase, repository, stack, ...page } }) => {
    const terms = [
      ...(phase ? [`status.phase=${phase}`] : []),
      ...(repository ? [`spec.repository=${repository}`] : []),
      ...(stack ? [`spec.agentStack=${stack}`] : []),
    ];
    const fieldSelector = terms.join(',');
    return { status: 200, body: await context.list(AgentDispatchRun, { ...page, fieldSelector }) };
  }),

  facadeRoute(getAgentRun, async (context, { params }) => ({
    status: 200,
    body: await context.read(AgentDispatchRun, params.name),
  })),

  facadeRoute(cancelAgentRun, async (context, { params: { name }, body: { reason } }) => {
    const run = await context.read(AgentDispatchRun, name);
    if (isTerminal(run.status?.phase)) throw conflict('RUN_IS_OVER', `The run ${name} is over already`);
    const key = { namespace: context.namespace, name };
    await context.client.patch(AgentDispatchRun, key, { spec: { cancel: reason ? { reason } : {} } });
    return { status: 200, body: { cancelled: true, runName: name } };
  }),

  facadeRoute(retryAgentRun, async (context, { params: { name } }) => {
    const before = await context.read(AgentDispatchRun, name);
    if (!isTerminal(before.status?.phase))
      throw conflict('RETRY_OF_LIVING', `The run ${name} is not over: cancel it first`);
    // Who asks, and which attempt it is, are the new run's own.
    const { requestedBy: _, cancel: __, attemptNumber: ___, organizationRef: ____, ...spec } = before.spec;
    return dispatch(context, { ...spec, retryOf: name });
  }),
];

async function dispatch({ client, namespace }: OrganizationContext, spec: Record<string, unknown>) {
  const { apiVersion, kind } = AgentDispatchRun;
  const generateName = `${String(spec.agentStack).slice(0, 40)}-`;
  const run = await client.create(AgentDispatchRun, {
    ...{ apiVersion, kind, spec },
    metadata: { namespace, generateName },
  });
  const status = 'dispatched' as const;
  return { status: 201 as const, body: { run, runName: run.metadata.name, status } };
}

function conflict(code: string, message: string): ApiError {
  return new ApiError('Conflict', message, { causes: [{ reason: code, message }] });
}
