import { Problem, useAccess, visuallyHidden } from '@krate/plugin-control-plane-react';
import { Issue, KrateProject } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, useMemo, useState } from 'react';
import { BoardCard } from './BoardCard';
import { BoardColumn, boardOf } from './boardOf';
import { useMoves } from './useMoves';

/** A project's issues in columns, live. A card is moved by dragging, from its menu or with Alt and an arrow key. */
export function Board({
  project,
  issues,
  organization,
  namespace,
}: {
  project: KrateProject;
  issues: readonly Issue[];
  organization: string;
  namespace: string;
}) {
  const access = useAccess('update', Issue, namespace);
  const { shown, error, said, move } = useMoves(issues);
  const columns = useMemo(() => boardOf(project, shown), [project, shown]);
  const archived = project.spec.boardState === 'archived' ? 'The board is archived' : undefined;
  const locked =
    archived ?? (access?.allowed ? undefined : (access?.reason ?? 'Checking whether you may do this'));
  const drop = (uid: string, column: BoardColumn) => {
    const issue = issues.find(one => one.metadata.uid === uid);
    if (issue && !column.issues.some(one => one.metadata.uid === uid)) move(issue, column);
  };
  return (
    <>
      {error && <Problem error={error} title="The issue was not moved" />}
      <Box role="status" sx={visuallyHidden}>
        {said}
      </Box>
      <Box sx={{ display: 'flex', gap: 2, overflowX: 'auto', alignItems: 'flex-start', pb: 1 }}>
        {columns.map(column => (
          <Column key={column.id} column={column} onDrop={locked ? undefined : uid => drop(uid, column)}>
            {column.issues.map(issue => (
              <BoardCard
                key={issue.metadata.uid}
                issue={issue}
                organization={organization}
                columns={columns}
                column={column}
                locked={locked}
                onMove={to => drop(issue.metadata.uid, to)}
              />
            ))}
          </Column>
        ))}
      </Box>
    </>
  );
}

function Column({
  column,
  onDrop,
  children,
}: {
  column: BoardColumn;
  onDrop?(uid: string): void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const { displayName, color, limit, issues } = column;
  const full = limit !== undefined && issues.length > limit;
  return (
    <Box
      component="section"
      aria-label={displayName}
      onDragOver={event => {
        if (!onDrop) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        onDrop?.(event.dataTransfer.getData('text/plain'));
      }}
      sx={{
        flex: '1 0 240px',
        minWidth: 240,
        minHeight: 200,
        p: 1,
        borderRadius: 1,
        border: 1,
        borderColor: over ? 'primary.main' : 'divider',
        bgcolor: over ? 'action.hover' : 'background.default',
      }}
    >
      <Typography
        variant="h6"
        component="h2"
        sx={{ display: 'flex', gap: 1, alignItems: 'center', px: 0.5, mb: 1 }}
      >
        {color && <Box aria-hidden sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: color }} />}
        {displayName}
        <Box
          component="span"
          sx={{ ml: 'auto', fontSize: 12, color: full ? 'error.main' : 'text.secondary' }}
        >
          {limit === undefined ? issues.length : `${issues.length} of ${limit}`}
          {full && ' (too many)'}
        </Box>
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {children}
      </Box>
    </Box>
  );
}
