import {
  AccessButton,
  CopyField,
  EmptyState,
  explorerPath,
  identityOf,
  KindInfo,
  lacksController,
  Link,
  PageFrame,
  placeOf,
  Problem,
  RelativeTime,
  ResourceProvider,
  RouteTabs,
  SkeletonRows,
  StatusChip,
  useAccess,
  useKeyBindings,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { Fragment, lazy, ReactNode, Suspense, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { DetailExtensions } from '../DetailExtensions';
import { DeleteDialog } from './DeleteDialog';
import { HistoryPart } from './HistoryPart';
import { OverviewPart } from './OverviewPart';
import { YamlPart } from './YamlPart';

const RelationsPart = lazy(() =>
  import('./RelationsPart').then(module => ({ default: module.RelationsPart })),
);

const PARTS = [
  { part: undefined, label: 'Overview' },
  { part: 'relations', label: 'Relations' },
  { part: 'yaml', label: 'YAML' },
  { part: 'history', label: 'History' },
] as const;

/** One object of any kind: what it is, what it has to do with others, how it came to be. */
export function DetailPage({
  kind,
  name,
  extensions,
}: {
  kind: KindInfo;
  name: string;
  extensions: DetailExtensions;
}) {
  const { organization } = useOrganization();
  const { part } = useParams();
  const place = placeOf(kind, organization);
  const { object: live, loading, error } = useResource(kind, place ?? '', name);
  const object = useLastSeen(live as Resource | undefined);
  const gone = Boolean(object && !live && !loading);
  const base = explorerPath(organization, kind.plural, name);
  const added = extensions.tabs.filter(tab => tab.appliesTo(kind));
  const actions = extensions.actions.filter(action => action.appliesTo(kind));
  const tabs = [...PARTS, ...added.map(({ title, path }) => ({ label: title, part: path }))].map(tab => ({
    ...tab,
    to: tab.part ? `${base}/${tab.part}` : base,
  }));
  const current = tabs.find(tab => tab.part === part);
  const own = added.find(({ path }) => path === part)?.element;
  const frame = (
    <PageFrame
      title={name}
      organization={organization}
      crumbs={[
        { label: 'Explorer', to: explorerPath(organization) },
        { label: kind.kind, to: explorerPath(organization, kind.plural) },
      ]}
      heading={<Heading name={name} object={object} />}
      lede={object && <CopyField label="the identity" value={identityOf(object, organization)} />}
      action={
        object && (
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            {actions.map(({ id, element }) => (
              <Fragment key={id}>{element}</Fragment>
            ))}
            <Actions kind={kind} object={object} gone={gone} />
          </Box>
        )
      }
      tabs={
        (object || loading) && <RouteTabs label={`Parts of ${name}`} tabs={tabs} value={current?.to ?? ''} />
      }
    >
      {error && <Problem error={error} title="The object could not be read" />}
      {loading && !object && <SkeletonRows rows={10} />}
      {!loading && !error && !object && (
        <EmptyState
          title={`There is no ${kind.kind} called ${name}, or you may not see it`}
          action={<Link to={explorerPath(organization, kind.plural)}>To all {kind.plural}</Link>}
        />
      )}
      {object && (
        <>
          <Notices kind={kind} object={object} gone={gone} />
          <Suspense fallback={<SkeletonRows rows={8} />}>{own ?? partOf(part, kind, object)}</Suspense>
        </>
      )}
    </PageFrame>
  );
  return object ? (
    <ResourceProvider page={{ organization, type: kind, object }}>{frame}</ResourceProvider>
  ) : (
    frame
  );
}

function partOf(part: string | undefined, kind: KindInfo, object: Resource): ReactNode {
  switch (part) {
    case 'relations':
      return <RelationsPart kind={kind} object={object} />;
    case 'yaml':
      return <YamlPart kind={kind} object={object} />;
    case 'history':
      return <HistoryPart kind={kind} object={object} />;
    case undefined:
      return <OverviewPart kind={kind} object={object} />;
    default:
      return <EmptyState title={`A ${kind.kind} has no such part`} />;
  }
}

/** What was deleted under one's eyes stays on the page, and the page says so. */
function useLastSeen(live: Resource | undefined): Resource | undefined {
  const seen = useRef<Resource>();
  if (live) seen.current = live;
  return live ?? seen.current;
}

function Heading({ name, object }: { name: string; object?: Resource }) {
  const status = object?.status as { phase?: string } | undefined;
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      {name} <StatusChip status={object?.metadata.deletionTimestamp ? 'Terminating' : status?.phase} />
    </Box>
  );
}

function Actions({ kind, object, gone }: { kind: KindInfo; object: Resource; gone: boolean }) {
  const { organization } = useOrganization();
  const navigate = useNavigate();
  const { namespace, name } = object.metadata;
  const update = useAccess('update', kind, namespace ?? 'default', name);
  const remove = useAccess('delete', kind, namespace ?? 'default', name);
  const [deleting, setDeleting] = useState(false);
  const blocked = gone ? 'It was deleted.' : undefined;
  const edit = () => navigate(explorerPath(organization, kind.plural, name, 'edit'));
  useKeyBindings([{ key: 'e', description: 'Edit', run: () => update?.allowed && !gone && edit() }]);
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <AccessButton
        variant="outlined"
        color="error"
        access={remove}
        blocked={blocked}
        permission={`delete ${kind.plural}`}
        onClick={() => setDeleting(true)}
      >
        Delete
      </AccessButton>
      <AccessButton
        variant="contained"
        access={update}
        blocked={blocked}
        permission={`change ${kind.plural}`}
        onClick={edit}
      >
        Edit
      </AccessButton>
      {deleting && <DeleteDialog kind={kind} object={object} onClose={() => setDeleting(false)} />}
    </Box>
  );
}

function Notices({ kind, object, gone }: { kind: KindInfo; object: Resource; gone: boolean }) {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (gone) {
    return (
      <Alert severity="info" sx={{ mb: 2 }}>
        This object was deleted. What you see is how it was last.
      </Alert>
    );
  }
  if (deletionTimestamp) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        It is being deleted since <RelativeTime time={deletionTimestamp} />
        {finalizers.length > 0 && <> and waits for {finalizers.join(', ')}</>}.
      </Alert>
    );
  }
  if (!lacksController(kind)) return null;
  return (
    <Alert severity="info" variant="outlined" sx={{ mb: 2, py: 0 }}>
      No controller is installed for {kind.plural}: the object is kept, and nothing follows from it.
    </Alert>
  );
}
