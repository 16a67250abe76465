import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { EmptyState, ResourceList, ResourceTable } from '@krate/plugin-control-plane-react';
import useMediaQuery from '@mui/material/useMediaQuery';
import { ReactNode, useMemo } from 'react';
import { byCreation } from '../run/useRunParts';
import { firstLine } from '../shared/format';
import { runPath } from '../shared/paths';
import { runColumns, RunsColumn } from './runColumns';

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
  const narrow = useMediaQuery('(max-width: 1099px)');
  const columns = useMemo(() => runColumns(stacks, { without, narrow }), [stacks, without, narrow]);
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
      titleWidth="minmax(120px, 3fr)"
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
