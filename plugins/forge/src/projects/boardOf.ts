import { Issue, KrateProject } from '@krate/plugin-forge-common';

export interface BoardColumn {
  id: string;
  displayName: string;
  color?: string;
  limit?: number;
  issues: Issue[];
}

const PRIORITIES = ['urgent', 'high', 'medium', 'low', 'none'];

/** The board from left to right. An issue in no column, or in one that is gone, is in the one for new issues. */
export function boardOf({ spec }: KrateProject, issues: readonly Issue[]): BoardColumn[] {
  const { workflowColumns: columns } = spec;
  const first = (columns.find(column => column.default) ?? columns[0]).id;
  const known = new Set(columns.map(({ id }) => id));
  const columnOf = ({ spec: { workflowState } }: Issue) =>
    workflowState && known.has(workflowState) ? workflowState : first;
  return columns.map(column => ({
    ...column,
    issues: issues.filter(issue => columnOf(issue) === column.id).sort(byPriority),
  }));
}

function byPriority(a: Issue, b: Issue): number {
  const rank = ({ spec }: Issue) => PRIORITIES.indexOf(spec.priority);
  return rank(a) - rank(b) || a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp);
}
