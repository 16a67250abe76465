import { AgentApproval } from '@krate/plugin-agents-common';

const TOOL: Record<string, string> = {
  execute: 'Run a command',
  edit: 'Change files',
  delete: 'Delete files',
  move: 'Move files',
  read: 'Read files',
  fetch: 'Fetch from the network',
  search: 'Search',
};

const ACTION: Record<AgentApproval['spec']['action'], string> = {
  'tool-use': 'Use a tool',
  'secret-access': 'Use a secret',
  'write-back': 'Write its change back',
  release: 'Release',
  escalation: 'Start the run',
};

/** What will happen when this is approved, in a few words. */
export function approvalTitle({ spec }: Pick<AgentApproval, 'spec'>): string {
  const { action, actionDetail } = spec;
  if (action === 'tool-use') return TOOL[actionDetail.type] ?? ACTION[action];
  if (action === 'write-back' && actionDetail.type === 'pull-request') return 'Open a pull request';
  return ACTION[action];
}

/** The title with what it is about, so that several buttons on a page tell their decisions apart. */
export function approvalLabel(approval: Pick<AgentApproval, 'spec'>): string {
  const { target } = approval.spec.actionDetail;
  return target ? `${approvalTitle(approval)}, ${target.slice(0, 200)}` : approvalTitle(approval);
}

/** The decision, or that there is none yet, as a status. */
export function approvalPhase({ spec, status }: AgentApproval): string {
  if (status?.phase && status.phase !== 'Pending') return status.phase;
  if (spec.decision) return spec.decision === 'approve' ? 'Approved' : 'Denied';
  return 'Pending';
}

/** The phase in the words of the one mapping of statuses: what nobody decided wants attention. */
export function approvalStatus(approval: AgentApproval): string {
  const phase = approvalPhase(approval);
  return phase === 'Pending' ? 'AwaitingApproval' : phase;
}

/** Whether somebody still has to decide. */
export const isPending = (approval: AgentApproval) => approvalPhase(approval) === 'Pending';

/** What a tool would get, laid out when it is JSON. */
export function readableInput(input: string | undefined): string | undefined {
  if (!input) return undefined;
  try {
    return JSON.stringify(JSON.parse(input), null, 2);
  } catch {
    return input;
  }
}
