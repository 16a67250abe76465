import { AgentStack, AgentToolProfile } from '@krate/plugin-agents-common';
import { Facts, Problem, SkeletonRows, useResource } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';

const MEANS: Record<AgentToolProfile['spec']['approvalPolicyByTool'][string], string> = {
  allow: 'Allowed',
  'allow-workspace': 'Allowed inside its workspace, asked for elsewhere',
  prompt: 'Asked for each time',
  'prompt-on-denied-or-privileged': 'Asked for when it is privileged or was refused',
  deny: 'Refused',
};

const FILES: Record<AgentToolProfile['spec']['filesystemPolicy'], string> = {
  'no-fs': 'none',
  'read-only': 'may read',
  'workspace-write': 'may write in its workspace',
  'repo-write': 'may write in the repository',
};

/** What the stack's tool profile allows, asks for and refuses, tool by tool. */
export function ToolProfile({ stack }: { stack: AgentStack }) {
  const name = stack.spec.toolProfileRef;
  const { object: profile, loading, error } = useResource(AgentToolProfile, stack.metadata.namespace, name);
  if (!name) {
    return (
      <Typography variant="body2" color="text.secondary">
        No tool profile is named, so every tool is asked for.
      </Typography>
    );
  }
  if (error) return <Problem error={error} title="The tool profile could not be read" />;
  if (!profile) {
    if (loading) return <SkeletonRows rows={4} />;
    return (
      <Typography variant="body2" color="text.secondary">
        The tool profile {name} does not exist, or you may not see it.
      </Typography>
    );
  }
  const { spec } = profile;
  const rules = Object.entries(spec.approvalPolicyByTool).sort(
    ([a], [b]) => Number(a === '*') - Number(b === '*') || a.localeCompare(b),
  );
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Box sx={{ overflowX: 'auto' }}>
        <Table size="small" aria-label={`Tools of the profile ${name}`}>
          <TableHead>
            <TableRow>
              <TableCell>Tool</TableCell>
              <TableCell>What happens</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rules.map(([tool, policy]) => (
              <TableRow key={tool}>
                <TableCell>{tool === '*' ? 'Any other' : tool}</TableCell>
                <TableCell>{MEANS[policy]}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
      <Facts
        facts={[
          ['Profile', name],
          ['Files', FILES[spec.filesystemPolicy]],
          ['Runs without asking', codes(spec.allowedCommands)],
          ['Never runs', codes(spec.deniedCommands)],
          [
            'Network',
            spec.networkPolicy.allowHosts.length > 0
              ? codes(spec.networkPolicy.allowHosts)
              : 'none but the model',
          ],
          ['Secrets', spec.requiredSecretRefs.join(', ')],
          ['Recorded', spec.auditLevel.replaceAll('-', ' ')],
        ]}
      />
    </Box>
  );
}

function codes(values: readonly string[]) {
  if (values.length === 0) return undefined;
  return (
    <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {values.map(value => (
        <code key={value}>{value}</code>
      ))}
    </Box>
  );
}
