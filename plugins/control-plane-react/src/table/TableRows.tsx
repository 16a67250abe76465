import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CSSProperties, ReactNode, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { Link } from '../components/Link';
import { ROW_HEIGHT } from '../components/tokens';
import { useKeyboardList } from '../keys/useKeyboardList';
import { Cell } from './Cell';
import { TableColumn } from './columns';
import { RowSelection, SelectBox } from './SelectBox';
import { RowSort, SortButton } from './SortButton';

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
  selection?: RowSelection<R>;
  sort?: RowSort;
  /** Makes the headings of columns with a text buttons. */
  onSort?(column: string): void;
  /** Below this the table scrolls sideways; CSS length. */
  minWidth?: string;
}

/** Head and rows of a table; of many rows only those in view are drawn. */
export function TableRows<R extends Resource>(props: TableRowsProps<R>) {
  const { rows, columns, rowPath, rowTitle, selection, minWidth } = props;
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
    onToggle: selection && (index => selection.toggle(rows[index], false)),
  });

  const template = [
    ...(selection ? ['28px'] : []),
    props.titleWidth,
    ...columns.map(({ width }) => width ?? 'minmax(0, 1fr)'),
  ].join(' ');
  const heading = (name: string, sortable: boolean) => {
    if (!sortable || !props.onSort) return name;
    return <SortButton name={name} sort={props.sort} onSort={props.onSort} />;
  };
  const sortOf = (name: string) => (props.sort?.column === name ? props.sort.direction : undefined);
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
          minWidth,
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
        {selection && (
          <Cell role="columnheader">
            <SelectBox
              label="Select all rows"
              checked={selection.all === 'all'}
              indeterminate={selection.all === 'some'}
              onToggle={() => selection.toggleAll()}
            />
          </Cell>
        )}
        <Cell role="columnheader" sort={sortOf(props.titleColumn)}>
          {heading(props.titleColumn, true)}
        </Cell>
        {columns.map(column => (
          <Cell key={column.name} role="columnheader" align={column.align} sort={sortOf(column.name)}>
            {heading(column.name, Boolean(column.text))}
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
            aria-selected={selection ? selection.has(rows[index]) : undefined}
            sx={{
              ...grid(template),
              minWidth,
              height: ROW_HEIGHT,
              borderTop: 1,
              borderColor: 'divider',
              position: 'relative',
              bgcolor: index === active ? 'action.selected' : undefined,
              '&:hover': { bgcolor: 'action.hover' },
            }}
          >
            {selection && (
              <Cell role="cell">
                <SelectBox
                  label={`Select ${rows[index].metadata.name}`}
                  checked={selection.has(rows[index])}
                  onToggle={extend => selection.toggle(rows[index], extend)}
                />
              </Cell>
            )}
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
