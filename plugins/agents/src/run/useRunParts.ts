import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentStack,
  KrateArtifact,
  KrateWorkspace,
} from '@krate/plugin-agents-common';
import { useResource, useResourceList } from '@krate/plugin-control-plane-react';

export interface LiveRun {
  run?: AgentDispatchRun;
  stack?: AgentStack;
  /** Oldest first. */
  attempts: AgentDispatchAttempt[];
  /** The attempt the run is at, or ended with. */
  attempt?: AgentDispatchAttempt;
  approvals: AgentApproval[];
  artifacts: KrateArtifact[];
  workspace?: KrateWorkspace;
  loading: boolean;
  error?: Error;
  /** A part that could not be read; the rest stands. */
  partError?: Error;
}

/** A run and everything it consists of, live. */
export function useRunParts(namespace: string, name: string): LiveRun {
  const own = { namespace, fieldSelector: `spec.dispatchRun=${name}` };
  const { object: run, loading, error } = useResource(AgentDispatchRun, namespace, name);
  const attempts = useResourceList(AgentDispatchAttempt, {
    namespace,
    fieldSelector: `spec.agentDispatchRun=${name}`,
  });
  const approvals = useResourceList(AgentApproval, own);
  const artifacts = useResourceList(KrateArtifact, own);
  const stack = useResource(AgentStack, namespace, run?.spec.agentStack);
  const workspaceName = run?.status?.workspaceRef ?? run?.spec.workspaceRef;
  const workspace = useResource(KrateWorkspace, namespace, workspaceName);

  const ordered = [...attempts.items].sort(byCreation);
  return {
    run,
    stack: stack.object,
    attempts: ordered,
    attempt: ordered.find(({ metadata }) => metadata.name === run?.status?.attemptRef) ?? ordered.at(-1),
    approvals: [...approvals.items].sort(byCreation),
    artifacts: artifacts.items,
    workspace: workspaceName ? workspace.object : undefined,
    loading,
    error,
    partError: attempts.error ?? approvals.error ?? artifacts.error,
  };
}

type Created = { metadata: { creationTimestamp: string; name: string } };

/** Oldest first; times have whole seconds, so that the name decides between siblings. */
export function byCreation(a: Created, b: Created): number {
  return (
    a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp) ||
    a.metadata.name.localeCompare(b.metadata.name, 'en', { numeric: true })
  );
}
