import { Kind, Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, useMemo } from 'react';
import { EmptyState } from '../components/EmptyState';
import { Problem } from '../components/Problem';
import { SkeletonRows } from '../components/SkeletonRows';
import { ResourceList } from '../hooks/useResourceList';
import { useWidth } from '../hooks/useWidth';
import { columnsFromKind, TableColumn } from './columns';
import { FilterField } from './FilterField';
import { filterRows } from './filterRows';
import { TableRows } from './TableRows';
import { useAddressParameter } from './useAddressParameter';

/** Below this width, in pixels, a table leaves out the columns for wide ones. */
const NARROW = 760;

export interface ResourceTableProps<R extends Resource> {
  /** Names the table for screen readers and the filter field: “Repositories”. */
  label: string;
  list: ResourceList<R>;
  /** Where a row leads. */
  rowPath(object: R): string;
  /** Gives the columns when none are given. */
  kind?: Kind;
  columns?: readonly TableColumn<R>[];
  /** What the first column shows; the name by default. It becomes the row's link. */
  rowTitle?(object: R): ReactNode;
  /** Heading of the first column. */
  titleColumn?: string;
  /** CSS grid track of the first column. */
  titleWidth?: string;
  /** What belongs here and what makes the first one. */
  empty: ReactNode;
  /** Address parameter of the filter text. `false`: no filter. */
  filterParameter?: string | false;
  /** Further filters beside the text. */
  filters?: ReactNode;
  /** Shown order; by name when absent. */
  order?(a: R, b: R): number;
  /** Whether j and k move in this table; off for the second table of a page. */
  keyboard?: boolean;
}

/**
 * Objects of a kind as a dense table, live: filter text in the address, j/k/Enter, skeletons while loading, what to do
 * when there is nothing, and rows that stay when an error comes.
 */
export function ResourceTable<R extends Resource>(props: ResourceTableProps<R>) {
  const { label, list, kind, empty, filterParameter = 'q', filters, order, keyboard = true } = props;
  const [box, width] = useWidth();
  const narrow = width !== undefined && width < NARROW;
  const [filter, setFilter] = useAddressParameter(filterParameter || 'q');
  const all = useMemo(() => props.columns ?? (kind ? columnsFromKind<R>(kind) : []), [props.columns, kind]);
  const columns = useMemo(() => all.filter(column => !(narrow && column.wideOnly)), [all, narrow]);
  const rows = useMemo(() => {
    const matching = filterRows(list.items, all, filterParameter ? filter : '');
    return order ? [...matching].sort(order) : matching;
  }, [list.items, all, filter, filterParameter, order]);

  const nothing = list.items.length === 0;
  return (
    <Box ref={box}>
      {(filterParameter || filters) && (
        <Box
          sx={{ display: 'flex', columnGap: 1, rowGap: 1.5, flexWrap: 'wrap', alignItems: 'center', mb: 1.5 }}
        >
          {filterParameter && (
            <FilterField label={`Filter ${label.toLowerCase()}`} value={filter} onChange={setFilter} />
          )}
          {filters}
          {!list.loading && !nothing && (
            <Typography variant="caption" color="text.secondary" role="status" sx={{ ml: 'auto' }}>
              {rows.length === list.items.length
                ? rows.length.toLocaleString('en')
                : `${rows.length} of ${list.items.length}`}
            </Typography>
          )}
        </Box>
      )}
      {list.error && <Problem error={list.error} title={`${label} could not be read`} />}
      <Box
        sx={{
          border: filterParameter ? 1 : 0,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.paper',
          overflow: 'hidden',
        }}
      >
        {list.loading && <SkeletonRows rows={6} />}
        {!list.loading && nothing && !list.error && empty}
        {!nothing && rows.length === 0 && <EmptyState title="Nothing matches this filter" />}
        {rows.length > 0 && (
          <TableRows
            label={label}
            rows={rows}
            columns={columns}
            rowPath={props.rowPath}
            rowTitle={props.rowTitle ?? (object => object.metadata.name)}
            titleColumn={props.titleColumn ?? 'Name'}
            titleWidth={props.titleWidth ?? 'minmax(0, 2fr)'}
            keyboard={keyboard}
          />
        )}
      </Box>
    </Box>
  );
}
