import { StatusChip } from '@krate/plugin-control-plane-react';

const WORDS: Record<string, string> = {
  pending: 'Pending',
  in_progress: 'Running',
  'in-progress': 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  rejected: 'Denied',
};

/** The state of a tool call in the words every other status uses. */
export function ToolStatus({ status }: { status: string | undefined }) {
  return <StatusChip status={status && (WORDS[status] ?? status)} />;
}
