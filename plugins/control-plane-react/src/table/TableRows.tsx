import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CSSProperties, ReactNode, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { Link } from '../components/Link';
import { ROW_HEIGHT } from '../components/tokens';
import { useKeyboardList } from '../keys/useKeyboardList';
import { TableColumn } from './columns';

/** Up to this many rows are all drawn: find-in-page works and nothing needs measuring. */
const DRAW_ALL = 150;

const grid = (template: string) => ({
  display: 'grid',
  gridTemplateColumns: template,
  columnGap: 2,
  alignItems: 'center',
  px: 1.5,
});

const placedAt = (start: number): CSSProperties => ({
  position: 'absolute',
  top: 0,
  insetInline: 0,
  transform: `translateY(${start}px)`,
});

export interface TableRowsProps<R extends Resource> {
  label: string;
  rows: readonly R[];
  columns: readonly TableColumn<R>[];
  rowPath(object: R): string;
  rowTitle(object: R): ReactNode;
  titleColumn: string;
  titleWidth: string;
  keyboard: boolean;
}

/** Head and rows of a table; of many rows only those in view are drawn. */
export function TableRows<R extends Resource>(props: TableRowsProps<R>) {
  const { rows, columns, rowPath, rowTitle } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const virtual = rows.length > DRAW_ALL;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: index => rows[index].metadata.uid,
    overscan: 12,
    initialRect: { width: 1000, height: 720 },
  });
  const focusRow = (index: number) => {
    if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' });
    // A row that was out of view exists only after the scroll has been drawn.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] a`)?.focus(),
    );
  };
  const { active, setActive } = useKeyboardList(rows.length, {
    enabled: props.keyboard,
    onMove: focusRow,
    onOpen: index => navigate(rowPath(rows[index])),
  });

  const template = [props.titleWidth, ...columns.map(({ width }) => width ?? 'minmax(0, 1fr)')].join(' ');
  const drawn = virtual
    ? virtualizer.getVirtualItems().map(({ index, start }) => ({ index, style: placedAt(start) }))
    : rows.map((_, index) => ({ index, style: undefined }));

  return (
    <Box
      ref={scroller}
      role="table"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      sx={{
        fontSize: 13,
        overflow: 'auto',
        maxHeight: virtual ? 'max(360px, calc(100vh - 230px))' : undefined,
      }}
    >
      <Box
        role="row"
        aria-rowindex={1}
        sx={{
          ...grid(template),
          minHeight: 32,
          color: 'text.secondary',
          fontSize: 12,
          fontWeight: 600,
          bgcolor: 'background.paper',
          position: 'sticky',
          top: 0,
          zIndex: 1,
        }}
      >
        <Cell role="columnheader">{props.titleColumn}</Cell>
        {columns.map(column => (
          <Cell key={column.name} role="columnheader" align={column.align}>
            {column.name}
          </Cell>
        ))}
      </Box>
      <Box
        role="rowgroup"
        sx={virtual ? { height: virtualizer.getTotalSize(), position: 'relative' } : undefined}
      >
        {drawn.map(({ index, style }) => (
          <Box
            key={rows[index].metadata.uid}
            role="row"
            aria-rowindex={index + 2}
            data-row={index}
            style={style}
            onFocus={() => setActive(index)}
            sx={{
              ...grid(template),
              height: ROW_HEIGHT,
              borderTop: 1,
              borderColor: 'divider',
              position: 'relative',
              bgcolor: index === active ? 'action.selected' : undefined,
              '&:hover': { bgcolor: 'action.hover' },
            }}
          >
            <Cell role="rowheader">
              <Link
                to={rowPath(rows[index])}
                color="text.primary"
                // The whole row is the link's surface; other links and buttons of the row lie above it.
                sx={{ fontWeight: 600, '&::after': { content: '""', position: 'absolute', inset: 0 } }}
              >
                {rowTitle(rows[index])}
              </Link>
            </Cell>
            {columns.map(column => (
              <Cell key={column.name} role="cell" align={column.align}>
                {column.render(rows[index])}
              </Cell>
            ))}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function Cell({ role, align, children }: { role: string; align?: 'right'; children: ReactNode }) {
  return (
    <Box
      role={role}
      sx={{
        minWidth: 0,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        textAlign: align,
        fontVariantNumeric: align && 'tabular-nums',
        '& a:not(:first-of-type), & button': { position: 'relative', zIndex: 1 },
      }}
    >
      {children}
    </Box>
  );
}
