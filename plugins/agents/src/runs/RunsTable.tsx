import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import {
  Duration,
  EmptyState,
  RelativeTime,
  ResourceList,
  ResourceTable,
  StatusChip,
  TableColumn,
} from '@krate/plugin-control-plane-react';
import { ReactNode, useMemo } from 'react';
import { byCreation } from '../run/useRunParts';
import { firstLine, formatCost } from '../shared/format';
import { runPath } from '../shared/paths';
import { ScriptedMark } from '../shared/Scripted';

/** `details`: who asked, how long it took, what it cost, its name. */
export type RunsColumn = 'stack' | 'repository' | 'details';

export interface RunsTableProps {
  organization: string;
  list: ResourceList<AgentDispatchRun>;
  /** To mark runs of scripted stacks. */
  stacks: readonly AgentStack[];
  /** Columns that the page has said already, or has no room for. */
  without?: readonly RunsColumn[];
  /** Only the latest so many; then without a filter. */
  limit?: number;
  filters?: ReactNode;
  empty: { title: string; children: ReactNode; action?: ReactNode };
}

const latestFirst = (a: AgentDispatchRun, b: AgentDispatchRun) => byCreation(b, a);
const titleOf = (run: AgentDispatchRun) => firstLine(run.spec.task) ?? run.metadata.name;

/** Runs as a dense table, latest first, live. */
export function RunsTable({ organization, list, stacks, without, limit, filters, empty }: RunsTableProps) {
  const columns = useMemo(() => columnsFor(stacks, without ?? []), [stacks, without]);
  const shown = useMemo(
    () =>
      limit === undefined ? list : { ...list, items: [...list.items].sort(latestFirst).slice(0, limit) },
    [list, limit],
  );
  return (
    <ResourceTable
      label="Runs"
      list={shown}
      columns={columns}
      rowPath={run => runPath(organization, run.metadata.name)}
      rowTitle={titleOf}
      titleColumn="Task"
      titleWidth="minmax(0, 3fr)"
      order={latestFirst}
      filterParameter={limit === undefined ? 'q' : false}
      keyboard={limit === undefined}
      filters={filters}
      empty={
        <EmptyState title={empty.title} action={empty.action}>
          {empty.children}
        </EmptyState>
      }
    />
  );
}

function columnsFor(
  stacks: readonly AgentStack[],
  without: readonly RunsColumn[],
): TableColumn<AgentDispatchRun>[] {
  const stackOf = (run: AgentDispatchRun) =>
    stacks.find(({ metadata }) => metadata.name === run.spec.agentStack);
  const columns: (TableColumn<AgentDispatchRun> & { id?: RunsColumn })[] = [
    {
      name: 'Status',
      width: '168px',
      render: run => (
        <StatusChip status={run.status?.phase ?? 'Pending'} title={run.status?.lastError?.message} />
      ),
      text: run => run.status?.phase ?? 'Pending',
    },
    {
      id: 'repository',
      name: 'Repository',
      render: run => run.spec.repository,
      text: run => run.spec.repository,
    },
    {
      id: 'stack',
      name: 'Stack',
      render: run => (
        <>
          {stackOf(run)?.spec.displayName ?? run.spec.agentStack} <ScriptedMark stack={stackOf(run)} />
        </>
      ),
      text: run => `${run.spec.agentStack} ${stackOf(run)?.spec.displayName ?? ''}`,
    },
    {
      id: 'details',
      name: 'By',
      render: run => run.spec.requestedBy,
      text: run => run.spec.requestedBy ?? '',
      width: '110px',
      wideOnly: true,
    },
    {
      name: 'Created',
      render: run => <RelativeTime time={run.metadata.creationTimestamp} />,
      width: '110px',
    },
    {
      id: 'details',
      name: 'Took',
      render: ({ status }) => <Duration from={status?.startedAt} to={status?.finishedAt} />,
      width: '80px',
      align: 'right',
      wideOnly: true,
    },
    {
      id: 'details',
      name: 'Cost',
      render: ({ status }) => formatCost(status?.costUsd) ?? '–',
      width: '80px',
      align: 'right',
    },
    // Not drawn wide, but what people filter by when they were given a name.
    {
      id: 'details',
      name: 'Run',
      render: run => run.metadata.name,
      text: run => run.metadata.name,
      width: '150px',
      wideOnly: true,
    },
  ];
  return columns.filter(({ id }) => !id || !without.includes(id));
}
