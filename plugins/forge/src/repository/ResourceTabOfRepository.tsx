import {
  CopyField,
  EmptyState,
  identityOf,
  Problem,
  ResourceTab,
  SkeletonRows,
  useRepository,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';

/** The repository as the control plane has it. */
export function ResourceTabOfRepository() {
  const { organization, namespace, repository } = useRepository();
  const { object, loading, error } = useResource(Repository, namespace, repository);
  if (error) return <Problem error={error} title="The repository could not be read" />;
  if (loading) return <SkeletonRows rows={10} />;
  if (!object) return <EmptyState title="There is no such repository, or you may not see it" />;
  return (
    <>
      <Box sx={{ mb: 2 }}>
        <CopyField label="the identity" value={identityOf(object, organization)} />
      </Box>
      <ResourceTab type={Repository} object={object} />
    </>
  );
}
