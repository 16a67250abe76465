import {
  EmptyState,
  Problem,
  SkeletonRows,
  useRepository,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { DangerZone } from './DangerZone';
import { DeployKeys } from './DeployKeys';
import { GeneralSettings } from './GeneralSettings';
import { Protections } from './Protections';

/** What a repository is called and who sees it, what protects it, which machines open it, and how it ends. */
export function SettingsTab() {
  const { namespace, repository: name } = useRepository();
  const { object: repository, loading, error } = useResource(Repository, namespace, name);
  if (error) return <Problem error={error} title="The repository could not be read" />;
  if (loading) return <SkeletonRows rows={8} />;
  if (!repository) return <EmptyState title="There is no such repository, or you may not see it" />;
  return (
    <Box sx={{ display: 'grid', gap: 2, maxWidth: 960 }}>
      <GeneralSettings key={repository.metadata.uid} repository={repository} />
      <Protections />
      <DeployKeys />
      <DangerZone repository={repository} />
    </Box>
  );
}
