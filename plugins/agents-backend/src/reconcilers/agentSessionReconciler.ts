import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentDispatchAttempt, AgentSession } from '@krate/plugin-agents-common';
import { met, unmet } from './conditions';

/** A session is what its attempt makes of it. */
export const agentSessionReconciler = defineReconciler({
  for: AgentSession,
  reads: { attempt: reads.ref(AgentDispatchAttempt, 'spec.attempt') },

  reconcile({ attempt }, { spec }): Result<typeof AgentSession> {
    const { phase, agentName, agentVersion } = attempt?.status ?? {};
    const agent = { ...(agentName && { agentName }), ...(agentVersion && { agentVersion }) };
    if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Cancelled') {
      const sessionPhase = phase === 'Succeeded' ? 'Completed' : phase;
      return {
        status: { ...agent, phase: sessionPhase },
        conditions: [unmet('Bound', 'SessionEnded', `The session ${spec.agentMuxSessionId} has ended`)],
      };
    }
    return {
      status: { ...agent, phase: 'Active' },
      conditions: [met('Bound', 'SessionBound', `The session ${spec.agentMuxSessionId} is open`)],
    };
  },
});
