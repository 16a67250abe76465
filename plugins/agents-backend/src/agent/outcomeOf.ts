import type { AcpState, AgentProcessState } from '../process';
import { AgentRunResult } from './AgentRunTypes';

type Ending = Pick<AgentRunResult, 'outcome' | 'reason' | 'message'>;

const failed = (reason: Ending['reason'], message: string): Ending => ({
  outcome: 'Failed',
  reason,
  message,
});

/** How an agent ended, from its journal and from why Krate ended it. A turn that was completed counts, however it left. */
export function outcomeOf(
  state: Readonly<AcpState>,
  phase: AgentProcessState['phase'],
  stop?: 'budget',
): Ending {
  const { exit, stopReason, turnsEnded, error } = state;
  if (stop === 'budget') return failed('BudgetExceeded', 'The budget of the run is used up');
  if (turnsEnded > 0 && stopReason === 'end_turn')
    return { outcome: 'Succeeded', reason: 'Succeeded', message: 'The agent has finished' };
  if (exit?.reason === 'deadline')
    return failed(
      'DeadlineExceeded',
      'The agent was ended at its deadline: give it more time in the budget, or a smaller task',
    );
  if (exit?.reason === 'output-limit')
    return failed('OutputLimit', 'The agent wrote more than is kept, and was ended');
  if (exit?.reason === 'launch-failed')
    return failed('AgentCrashed', exit.message ?? 'The program of the agent could not be started');
  if (exit?.reason === 'journal-failed')
    return failed('Failed', 'The journal of the agent could not be written: is the disk full?');
  if (error) return failed('AgentCrashed', `The agent refused ${error.method}: ${error.message}`);
  if (stopReason === 'cancelled' || exit?.reason === 'cancelled')
    return { outcome: 'Cancelled', reason: 'Cancelled', message: 'The agent was cancelled' };
  if (turnsEnded > 0) return failed('Failed', `The agent stopped: ${stopReason}`);
  if (phase === 'lost')
    return failed('AgentCrashed', 'The agent and its shim were killed, or this machine was restarted');
  return failed(
    'AgentCrashed',
    `The agent ended in the middle of its work (${exit?.signal ?? `exit code ${exit?.code}`})`,
  );
}
