import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { Duration, RelativeTime, StatusChip, TableColumn } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { formatCost } from '../shared/format';
import { ScriptedMark } from '../shared/Scripted';

/** `details`: who asked, how long it took, what it cost. */
export type RunsColumn = 'stack' | 'repository' | 'details';

type Column = TableColumn<AgentDispatchRun> & { part?: RunsColumn; roomy?: boolean };

/** The columns of runs; `narrow` keeps the ones without which a row says nothing. */
export function runColumns(
  stacks: readonly AgentStack[],
  { without = [], narrow = false }: { without?: readonly RunsColumn[]; narrow?: boolean },
): TableColumn<AgentDispatchRun>[] {
  const stackOf = ({ spec }: AgentDispatchRun) =>
    stacks.find(({ metadata }) => metadata.name === spec.agentStack);
  const columns: Column[] = [
    {
      name: 'Status',
      width: '164px',
      render: ({ status }) => (
        <StatusChip status={status?.phase ?? 'Pending'} title={status?.lastError?.message} />
      ),
      text: ({ status }) => status?.phase ?? 'Pending',
    },
    {
      part: 'repository',
      name: 'Repository',
      width: 'minmax(64px, 1fr)',
      render: ({ spec }) => spec.repository,
      text: ({ spec }) => spec.repository,
    },
    {
      part: 'stack',
      name: 'Stack',
      width: 'minmax(104px, 1.4fr)',
      render: run => <StackName stack={stackOf(run)} name={run.spec.agentStack} />,
      text: run => `${run.spec.agentStack} ${stackOf(run)?.spec.displayName ?? ''}`,
    },
    {
      part: 'details',
      roomy: true,
      name: 'By',
      width: '96px',
      render: ({ spec }) => spec.requestedBy,
      text: ({ spec }) => spec.requestedBy ?? '',
    },
    {
      roomy: true,
      name: 'Created',
      width: '100px',
      render: ({ metadata }) => <RelativeTime time={metadata.creationTimestamp} />,
    },
    {
      part: 'details',
      roomy: true,
      name: 'Took',
      width: '76px',
      align: 'right',
      render: ({ status }) => <Duration from={status?.startedAt} to={status?.finishedAt} />,
    },
    {
      part: 'details',
      name: 'Cost',
      width: '72px',
      align: 'right',
      render: ({ status }) => formatCost(status?.costUsd) ?? '–',
    },
  ];
  return columns.filter(({ part, roomy }) => !(part && without.includes(part)) && !(narrow && roomy));
}

function StackName({ stack, name }: { stack: AgentStack | undefined; name: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, maxWidth: '100%' }}>
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {stack?.spec.displayName ?? name}
      </Box>
      <ScriptedMark stack={stack} />
    </Box>
  );
}
