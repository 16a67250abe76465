import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentSession,
  KrateArtifact,
  KrateWorkspace,
  streamAgentEvents,
} from '@krate/plugin-agents-common';
import { facadeRoute, FacadeRoute, FollowedChange } from '@krate/plugin-control-plane-node';

const FOLLOWED = [
  AgentDispatchRun,
  AgentDispatchAttempt,
  AgentApproval,
  AgentSession,
  KrateWorkspace,
  KrateArtifact,
];

/** What agents do, as it happens. */
export const eventRoutes: readonly FacadeRoute[] = [
  facadeRoute(streamAgentEvents, async context => {
    const phases = new Map<string, string>();
    return {
      status: 200,
      body: await context.follow(FOLLOWED, change => [
        resourceChange(change),
        ...phaseChange(change, phases),
      ]),
    };
  }),
];

function resourceChange({ type, kind, object }: FollowedChange) {
  const { name, resourceVersion } = object.metadata;
  const operation = type === 'DELETED' ? 'delete' : 'apply';
  const timestamp = new Date().toISOString();
  return {
    type: 'resource-change',
    payload: { kind: kind.kind, name, operation, timestamp, resourceVersion },
  };
}

/** A phase is told when it is another one than this stream told last. */
function phaseChange({ type, kind, object }: FollowedChange, told: Map<string, string>) {
  const { name, uid } = object.metadata;
  if (type === 'DELETED') {
    told.delete(uid);
    return [];
  }
  const { phase } = (object.status ?? {}) as { phase?: string };
  if (!phase || told.get(uid) === phase) return [];
  if (kind !== AgentDispatchRun && kind !== AgentApproval) return [];
  told.set(uid, phase);
  if (kind === AgentDispatchRun) return [{ type: 'run.status.changed', payload: { runName: name, phase } }];
  const { dispatchRun } = object.spec as { dispatchRun: string };
  return [{ type: 'approval.status.changed', payload: { approvalName: name, runName: dispatchRun, phase } }];
}
