import { AgentStack } from '@krate/plugin-agents-common';
import Chip from '@mui/material/Chip';

/** Whether the stack's program follows a script and asks no model. */
export function isScripted(stack: Pick<AgentStack, 'spec'> | undefined): boolean {
  return stack?.spec.baseAgent === 'scripted';
}

/** Marks what a script did, so that nobody takes it for the work of a model. */
export function ScriptedMark({ stack }: { stack: Pick<AgentStack, 'spec'> | undefined }) {
  if (!isScripted(stack)) return null;
  return (
    <Chip
      size="small"
      label="scripted"
      title="Follows a script kept in the repository. No model takes part."
      sx={{ height: 20, fontSize: 11 }}
    />
  );
}
