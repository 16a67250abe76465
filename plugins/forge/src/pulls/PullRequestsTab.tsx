import { useRepository } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { NewPullRequestButton } from './NewPullRequestButton';
import { PullRequestList } from './PullRequestList';

/** The pull requests of a repository. */
export function PullRequestsTab() {
  const { organization, namespace, repository } = useRepository();
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', mb: 1 }}>
        <NewPullRequestButton organization={organization} namespace={namespace} repository={repository} />
      </Box>
      <PullRequestList organization={organization} namespace={namespace} repository={repository} />
    </>
  );
}
