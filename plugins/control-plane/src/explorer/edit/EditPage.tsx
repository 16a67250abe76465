import {
  EmptyState,
  explorerPath,
  KindInfo,
  Link,
  PageFrame,
  placeOf,
  Problem,
  SkeletonRows,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { ReactNode, useRef } from 'react';
import { KindLede } from '../KindLede';
import { templateOf } from './editable';
import { Editor } from './Editor';

/** The form of an object: of one that is there, or of a new one. */
export function EditPage({ kind, name }: { kind: KindInfo; name?: string }) {
  return name ? <EditExisting kind={kind} name={name} /> : <EditNew kind={kind} />;
}

function EditNew({ kind }: { kind: KindInfo }) {
  const { organization } = useOrganization();
  const place = placeOf(kind, organization);
  return (
    <Frame kind={kind} title={`New ${kind.kind}`} lede={<KindLede kind={kind} />}>
      <Editor kind={kind} place={place} template={templateOf(kind, place)} />
    </Frame>
  );
}

function EditExisting({ kind, name }: { kind: KindInfo; name: string }) {
  const { organization } = useOrganization();
  const place = placeOf(kind, organization);
  const { object, loading, error } = useResource(kind, place ?? '', name);
  // What is deleted while it is edited stays in the editor; the save will tell.
  const seen = useRef<Resource>();
  if (object) seen.current = object as Resource;
  return (
    <Frame kind={kind} name={name} title={`Edit ${name}`}>
      {error && <Problem error={error} title="The object could not be read" />}
      {loading && !seen.current && <SkeletonRows rows={12} />}
      {!loading && !error && !seen.current && (
        <EmptyState
          title={`There is no ${kind.kind} called ${name}, or you may not see it`}
          action={<Link to={explorerPath(organization, kind.plural)}>To all {kind.plural}</Link>}
        />
      )}
      {seen.current && <Editor kind={kind} place={place} live={seen.current} template="" />}
    </Frame>
  );
}

function Frame({
  kind,
  name,
  title,
  lede,
  children,
}: {
  kind: KindInfo;
  name?: string;
  title: string;
  lede?: ReactNode;
  children: ReactNode;
}) {
  const { organization } = useOrganization();
  const crumbs = [
    { label: 'Explorer', to: explorerPath(organization) },
    { label: kind.kind, to: explorerPath(organization, kind.plural) },
    ...(name ? [{ label: name, to: explorerPath(organization, kind.plural, name) }] : []),
  ];
  return (
    <PageFrame title={title} organization={organization} crumbs={crumbs} lede={lede}>
      {children}
    </PageFrame>
  );
}
