import { Link, RelativeTime, StatusChip } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import MoveIcon from '@mui/icons-material/SwapHorizOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { issuePath } from '../api/links';
import { Labels } from '../issues/columns';
import { BoardColumn } from './boardOf';

export interface BoardCardProps {
  issue: Issue;
  organization: string;
  columns: readonly BoardColumn[];
  column: BoardColumn;
  /** Why cards cannot be moved; absent: they can. */
  locked?: string;
  onMove(column: BoardColumn): void;
}

/** An issue on the board: dragged, moved from its menu, or with the arrow keys while it has the focus. */
export function BoardCard({ issue, organization, columns, column, locked, onMove }: BoardCardProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { spec, status, metadata } = issue;
  const step = (by: 1 | -1) => {
    const next = columns[columns.indexOf(column) + by];
    if (next && !locked) onMove(next);
  };
  return (
    <Paper
      component="li"
      variant="outlined"
      draggable={!locked}
      onDragStart={event => event.dataTransfer.setData('text/plain', metadata.uid)}
      onKeyDown={event => {
        if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        step(event.key === 'ArrowRight' ? 1 : -1);
      }}
      sx={{ p: 1.25, display: 'grid', gap: 0.75, cursor: locked ? undefined : 'grab' }}
    >
      <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'flex-start' }}>
        <Link
          to={issuePath(organization, metadata.name)}
          sx={{ flex: 1, fontSize: 14, overflowWrap: 'anywhere' }}
        >
          {spec.title}
        </Link>
        <IconButton
          size="small"
          aria-label={`Move ${spec.title}`}
          aria-haspopup="menu"
          disabled={Boolean(locked)}
          title={locked ?? 'Move (Alt and an arrow key)'}
          onClick={event => setAnchor(event.currentTarget)}
        >
          <MoveIcon sx={{ fontSize: 16 }} />
        </IconButton>
      </Box>
      <Box
        sx={{
          display: 'flex',
          gap: 0.75,
          flexWrap: 'wrap',
          alignItems: 'center',
          fontSize: 12,
          color: 'text.secondary',
        }}
      >
        <span>{spec.number ? `${spec.repository} #${spec.number}` : metadata.name}</span>
        {status?.phase && status.phase !== 'Open' && <StatusChip status={status.phase} />}
        {spec.priority !== 'none' && <span>{spec.priority} priority</span>}
        {spec.assignees.length > 0 && <span>{spec.assignees.join(', ')}</span>}
        {spec.dueDate && (
          <span>
            due <RelativeTime time={spec.dueDate} />
          </span>
        )}
      </Box>
      {spec.labels.length > 0 && <Labels labels={spec.labels} />}
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        MenuListProps={{ dense: true }}
      >
        {columns
          .filter(other => other !== column)
          .map(other => (
            <MenuItem
              key={other.id}
              onClick={() => {
                setAnchor(null);
                onMove(other);
              }}
            >
              Move to {other.displayName}
            </MenuItem>
          ))}
      </Menu>
    </Paper>
  );
}
