import {
  CopyField,
  EmptyState,
  identityOf,
  PageFrame,
  Problem,
  ResourceTab,
  ResourceType,
  SkeletonRows,
  StatusChip,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import { useDiscoveredType } from './useDiscoveredType';

/** Any object of any kind, by its plural and its name. */
export function ResourcePage() {
  const { organization } = useOrganization();
  const { plural = '', name = '' } = useParams();
  const { type, missing, error } = useDiscoveredType(plural);
  return (
    <PageFrame title={name} organization={organization} heading={<Heading type={type} name={name} />}>
      {error && <Problem error={error} title="The kinds could not be read" />}
      {missing && <EmptyState title={`This server has no kind called ${plural}`} />}
      {type && <LiveResource type={type} name={name} />}
    </PageFrame>
  );
}

/** Asked of while the kind is not known; with no namespace nothing is asked. */
const NOTHING = { group: '', plural: '' };

function Heading({ type, name }: { type?: ResourceType; name: string }) {
  const { namespace } = useOrganization();
  const { object } = useResource(type ?? NOTHING, type && namespace, name);
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
      {name} <StatusChip status={(object?.status as { phase?: string } | undefined)?.phase} />
    </Box>
  );
}

function LiveResource({ type, name }: { type: ResourceType; name: string }) {
  const { organization, namespace } = useOrganization();
  const { object, loading, error } = useResource(type, namespace, name);
  if (loading) return <SkeletonRows rows={10} />;
  if (error) return <Problem error={error} title="The object could not be read" />;
  if (!object) return <EmptyState title="There is no such object, or you may not see it" />;
  const resource = object as Resource;
  return (
    <>
      <Box sx={{ mb: 2 }}>
        <CopyField label="the identity" value={identityOf(resource, organization)} />
      </Box>
      <ResourceTab type={type} object={resource} />
    </>
  );
}
