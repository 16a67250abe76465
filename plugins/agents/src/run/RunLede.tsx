import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { Duration, Link, RelativeTime } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { formatCost, formatTokens } from '../shared/format';
import { repositoryPath, runPath } from '../shared/paths';
import { StackLink } from '../shared/StackLink';
import { LiveRun } from './useRunParts';

/** Where, by whom, since when, at what cost: the line below a run's heading. */
export function RunLede({
  organization,
  parts,
  run,
}: {
  organization: string;
  parts: LiveRun;
  run: AgentDispatchRun;
}) {
  const { spec, status } = run;
  const metered =
    status?.costUsd === undefined && status?.inputTokens === undefined ? parts.attempt?.status : status;
  const pieces: [string, ReactNode][] = [
    ['repository', <Link to={repositoryPath(organization, spec.repository)}>{spec.repository}</Link>],
    ['stack', <StackLink organization={organization} name={spec.agentStack} stack={parts.stack} />],
    ['by', spec.requestedBy && <>by {spec.requestedBy}</>],
    ['since', <RelativeTime time={status?.startedAt ?? run.metadata.creationTimestamp} />],
    ['took', status?.startedAt && <Duration from={status.startedAt} to={status.finishedAt} />],
    ['cost', formatCost(metered?.costUsd)],
    ['tokens', metered && formatTokens(metered) && `${formatTokens(metered)} tokens`],
    ['retry', spec.retryOf && <Link to={runPath(organization, spec.retryOf)}>retry of {spec.retryOf}</Link>],
  ];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1 }}>
      {pieces
        .filter(([, piece]) => piece)
        .map(([key, piece], index) => (
          <Box key={key} component="span" sx={{ display: 'inline-flex', gap: 1 }}>
            {index > 0 && <span aria-hidden>·</span>}
            {piece}
          </Box>
        ))}
    </Box>
  );
}
