import {
  CopyField,
  EmptyState,
  identityOf,
  organizationPath,
  PageFrame,
  Problem,
  ResourceProvider,
  ResourceTab,
  ResourceType,
  RouteTabs,
  SkeletonRows,
  StatusChip,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import { useDiscoveredType } from './useDiscoveredType';

/** A tab that an area or a plugin from elsewhere brings. */
export interface MountedResourceTab {
  appliesTo(type: ResourceType): boolean;
  path: string;
  title: string;
  element: JSX.Element;
}

/** A button that an area or a plugin from elsewhere brings. */
export interface MountedResourceAction {
  appliesTo(type: ResourceType): boolean;
  id: string;
  element: JSX.Element;
}

interface Extensions {
  tabs: readonly MountedResourceTab[];
  actions: readonly MountedResourceAction[];
}

/** Any object of any kind, by its plural and its name. */
export function ResourcePage({ tabs, actions }: Extensions) {
  const { organization } = useOrganization();
  const { plural = '', name = '' } = useParams();
  const { type, missing, error } = useDiscoveredType(plural);
  if (type) {
    const extensions = {
      tabs: tabs.filter(tab => tab.appliesTo(type)),
      actions: actions.filter(action => action.appliesTo(type)),
    };
    return <PageOfType type={type} name={name} {...extensions} />;
  }
  return (
    <PageFrame title={name} organization={organization}>
      {error && <Problem error={error} title="The kinds could not be read" />}
      {missing && <EmptyState title={`This server has no kind called ${plural}`} />}
    </PageFrame>
  );
}

function PageOfType({ type, name, tabs, actions }: Extensions & { type: ResourceType; name: string }) {
  const { organization, namespace } = useOrganization();
  const { object, loading, error } = useResource(type, namespace, name);
  const { '*': rest = '' } = useParams();
  const [segment = ''] = rest.split('/');
  const tab = tabs.find(({ path }) => path === segment);
  const base = organizationPath(organization, 'resource', type.plural, name);
  const page = object && { organization, type, object: object as Resource };
  const frame = (
    <PageFrame
      title={name}
      organization={organization}
      heading={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
          {name} <StatusChip status={(object?.status as { phase?: string } | undefined)?.phase} />
        </Box>
      }
      action={page && <Box sx={{ display: 'flex', gap: 1 }}>{actions.map(withKey)}</Box>}
      tabs={
        tabs.length > 0 && (
          <RouteTabs
            label={`Parts of ${name}`}
            value={tab ? `${base}/${tab.path}` : base}
            tabs={[
              { label: 'Resource', to: base },
              ...tabs.map(({ title, path }) => ({ label: title, to: `${base}/${path}` })),
            ]}
          />
        )
      }
    >
      {loading && <SkeletonRows rows={10} />}
      {error && <Problem error={error} title="The object could not be read" />}
      {!loading && !error && !object && <EmptyState title="There is no such object, or you may not see it" />}
      {page && !segment && <Plain {...page} />}
      {page && segment && (tab?.element ?? <EmptyState title={`A ${type.kind} has no such part`} />)}
    </PageFrame>
  );
  return page ? <ResourceProvider page={page}>{frame}</ResourceProvider> : frame;
}

function withKey({ id, element }: MountedResourceAction) {
  return <Box key={id}>{element}</Box>;
}

function Plain({
  organization,
  type,
  object,
}: {
  organization: string;
  type: ResourceType;
  object: Resource;
}) {
  return (
    <>
      <Box sx={{ mb: 2 }}>
        <CopyField label="the identity" value={identityOf(object, organization)} />
      </Box>
      <ResourceTab type={type} object={object} />
    </>
  );
}
