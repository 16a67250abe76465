import { RelativeTime, StatusChip, TableColumn } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';

/** Words an issue is found by. */
export function Labels({ labels }: { labels: readonly string[] }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.5, flexWrap: 'wrap' }}>
      {labels.map(label => (
        <Chip key={label} size="small" label={label} variant="outlined" />
      ))}
    </Box>
  );
}

const repository: TableColumn<Issue> = {
  name: 'Repository',
  width: '130px',
  render: ({ spec }) => spec.repository,
  text: ({ spec }) => spec.repository ?? '',
};

const details: TableColumn<Issue>[] = [
  {
    name: 'Labels',
    wideOnly: true,
    render: ({ spec }) => <Labels labels={spec.labels.slice(0, 3)} />,
    text: ({ spec }) => spec.labels.join(' '),
  },
  {
    name: 'State',
    width: '110px',
    render: ({ spec, status }) => (
      <StatusChip status={status?.phase ?? (spec.state === 'closed' ? 'Closed' : 'Open')} />
    ),
    text: ({ spec }) => spec.state,
  },
  {
    name: 'Assignees',
    width: '130px',
    render: ({ spec }) => spec.assignees.join(', '),
    text: ({ spec }) => spec.assignees.join(' '),
  },
  {
    name: 'Comments',
    width: '100px',
    wideOnly: true,
    align: 'right',
    render: ({ spec }) => spec.comments.length || null,
  },
  {
    name: 'Opened',
    width: '100px',
    wideOnly: true,
    render: ({ metadata }) => <RelativeTime time={metadata.creationTimestamp} />,
  },
];

/** Columns of a repository's issues. */
export const issueColumns: readonly TableColumn<Issue>[] = details;
/** Columns of issues across repositories. */
export const issueColumnsWithRepository: readonly TableColumn<Issue>[] = [repository, ...details];
