import { View } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  createPath,
  EmptyState,
  explorerPath,
  KindInfo,
  Link,
  PageFrame,
  placeOf,
  Problem,
  SkeletonRows,
  TableRows,
  useAccess,
  useOrganization,
  useResource,
  useWidth,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { KindLede } from '../KindLede';
import { BulkAction } from './bulk';
import { BulkBar } from './BulkBar';
import { BulkDialog } from './BulkDialog';
import { ListState, stateOfView, ViewedList } from './ListState';
import { ListToolbar } from './ListToolbar';
import { useListState } from './useListState';
import { Rows, useRows } from './useRows';
import { useSelection } from './useSelection';

/** Below this width, in pixels, columns for wide tables are left out. */
const NARROW = 760;

const isNothing = (value: unknown) => !value || (Array.isArray(value) && value.length === 0);

/** All objects of a kind: live, filtered, sorted, selected. */
export function ListPage({ kind }: { kind: KindInfo }) {
  const { organization } = useOrganization();
  const navigate = useNavigate();
  const place = placeOf(kind, organization);
  const create = useAccess('create', kind, place ?? 'default');
  const { state, change, replace } = useListState();
  useSharedView(state, replace, organization);
  const list = useRows(kind, place, organization, state);
  const { selection, selected, clear } = useSelection(list.rows);
  const [bulk, setBulk] = useState<{ type: BulkAction['type']; objects: readonly Resource[] }>();
  const [box, width] = useWidth();
  const narrow = width !== undefined && width < NARROW;
  const columns = list.columns.filter(column => !(narrow && column.wideOnly));

  return (
    <PageFrame
      title={kind.kind}
      organization={organization}
      crumbs={[{ label: 'Explorer', to: explorerPath(organization) }]}
      lede={<KindLede kind={kind} />}
      action={
        <AccessButton
          variant="contained"
          access={create}
          permission={`create ${kind.plural}`}
          onClick={() => navigate(createPath(organization, kind.plural))}
        >
          New {kind.kind}
        </AccessButton>
      }
    >
      <Box ref={box}>
        <ListToolbar kind={kind} state={state} list={list} onChange={change} onReplace={replace} />
        {list.error && <Problem error={list.error} title="The list could not be read" onRetry={list.retry} />}
        <Box
          sx={{
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.paper',
            overflow: 'hidden',
          }}
        >
          {list.loading && <SkeletonRows rows={10} />}
          {!list.loading && list.rows.length === 0 && !list.error && (
            <Nothing kind={kind} list={list} state={state} mayCreate={create?.allowed} onReplace={replace} />
          )}
          {list.rows.length > 0 && (
            <TableRows
              label={kind.plural}
              rows={list.rows}
              columns={columns}
              rowPath={object => explorerPath(organization, kind.plural, object.metadata.name)}
              rowTitle={object => object.metadata.name}
              titleColumn="Name"
              titleWidth="minmax(180px, 2fr)"
              minWidth={`${240 + columns.length * 96}px`}
              keyboard
              selection={selection}
              sort={state.sort}
              onSort={column => change({ sort: nextSort(state, column) })}
            />
          )}
        </Box>
        {selected.length > 0 && (
          <BulkBar
            count={selected.length}
            onLabel={() => setBulk({ type: 'label', objects: selected })}
            onDelete={() => setBulk({ type: 'delete', objects: selected })}
            onClear={clear}
          />
        )}
      </Box>
      {bulk && <BulkDialog {...bulk} kind={kind} onClose={() => setBulk(undefined)} />}
    </PageFrame>
  );
}

/** An address that names a view and nothing else shows what the view keeps. */
function useSharedView(state: ListState, replace: (state: ListState) => void, organization: string): void {
  const isBare = Boolean(state.view) && Object.values({ ...state, view: '' }).every(isNothing);
  const { object } = useResource(View, placeOf({}, organization), isBare ? state.view : undefined);
  useEffect(() => {
    if (isBare && object) replace(stateOfView(object.metadata.name, object.spec as ViewedList));
  }, [isBare, object, replace]);
}

function nextSort({ sort }: ListState, column: string): ListState['sort'] {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

function Nothing({
  kind,
  list,
  state,
  mayCreate,
  onReplace,
}: {
  kind: KindInfo;
  list: Rows;
  state: ListState;
  mayCreate?: boolean;
  onReplace(state: ListState): void;
}) {
  const { organization } = useOrganization();
  const filtered = state.query || state.labels || state.fields.length > 0 || state.selector;
  if (filtered) {
    return (
      <EmptyState
        title={list.complete ? 'Nothing matches these filters' : 'Nothing so far; more is being read'}
        action={
          <Button
            variant="outlined"
            size="small"
            onClick={() => onReplace({ ...state, query: '', labels: '', fields: [], selector: undefined })}
          >
            Clear the filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={`No ${kind.plural} yet`}
      action={
        mayCreate && (
          <Link to={createPath(organization, kind.plural)} sx={{ fontWeight: 600 }}>
            Make the first {kind.kind}
          </Link>
        )
      }
    >
      {kind.summary} In a terminal: <code>kubectl apply -f {kind.kind.toLowerCase()}.yaml</code>; what it may
      say is told by <code>kubectl explain {kind.plural}</code>.
    </EmptyState>
  );
}
