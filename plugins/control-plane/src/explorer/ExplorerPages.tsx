import {
  EmptyState,
  explorerPath,
  KindInfo,
  Link,
  PageFrame,
  Problem,
  SkeletonRows,
  useKind,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { lazy, ReactNode, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { DetailPage } from './detail/DetailPage';
import { DetailExtensions } from './DetailExtensions';
import { ExplorerIndexPage } from './index/ExplorerIndexPage';
import { ListPage } from './list/ListPage';

const EditPage = lazy(() => import('./edit/EditPage').then(module => ({ default: module.EditPage })));

/** Everything below `/orgs/:org/explorer`. */
export function ExplorerPages({ extensions }: { extensions: DetailExtensions }) {
  return (
    <Routes>
      <Route index element={<ExplorerIndexPage />} />
      <Route path=":plural" element={<OfKind>{kind => <ListPage key={kind.plural} kind={kind} />}</OfKind>} />
      <Route
        path=":plural/:name/edit"
        element={<OfKind>{(kind, name) => <EditPage key={name} kind={kind} name={name} />}</OfKind>}
      />
      <Route
        path=":plural/:name/:part?"
        element={
          <OfKind>
            {(kind, name) => (
              <DetailPage key={`${kind.plural} ${name}`} kind={kind} name={name!} extensions={extensions} />
            )}
          </OfKind>
        }
      />
    </Routes>
  );
}

/** `/orgs/:org/create/:plural`. */
export function CreatePage() {
  return <OfKind>{kind => <EditPage key={kind.plural} kind={kind} />}</OfKind>;
}

/** What stands in the address is looked up before a page is made of it. */
function OfKind({ children }: { children(kind: KindInfo, name: string | undefined): ReactNode }) {
  const { organization } = useOrganization();
  const { plural = '', name } = useParams();
  const { kind, missing, error, retry } = useKind(plural);
  const frame = (content: ReactNode) => (
    <PageFrame
      title={name ?? plural}
      organization={organization}
      crumbs={[{ label: 'Explorer', to: explorerPath(organization) }]}
    >
      {content}
    </PageFrame>
  );
  if (error) return frame(<Problem error={error} title="The kinds could not be read" onRetry={retry} />);
  if (missing) {
    return frame(
      <EmptyState
        title={`This server has no kind called ${plural}`}
        action={<Link to={explorerPath(organization)}>To all kinds</Link>}
      />,
    );
  }
  if (!kind) return frame(<SkeletonRows rows={10} />);
  return <Suspense fallback={frame(<SkeletonRows rows={10} />)}>{children(kind, name)}</Suspense>;
}
