import { AgentStack } from '@krate/plugin-agents-common';
import { Link } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { stackPath } from './paths';
import { ScriptedMark } from './Scripted';

/** A stack by its product name, marked where it is scripted. */
export function StackLink({
  organization,
  name,
  stack,
}: {
  organization: string;
  name: string;
  /** Absent while it loads, and when it was deleted. */
  stack: AgentStack | undefined;
}) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center', minWidth: 0 }}>
      <Link to={stackPath(organization, name)} noWrap>
        {stack?.spec.displayName ?? name}
      </Link>
      <ScriptedMark stack={stack} />
    </Box>
  );
}
