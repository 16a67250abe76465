import { Link, RelativeTime, useRepository } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { bytes } from '../api/bytes';
import { repositoryPath } from '../api/links';

/** What is unusual about a repository and true of all its parts: it is being imported, could not be, is archived, or deleted. */
export function RepositoryNotices({ repository: { spec, status } }: { repository: Repository }) {
  const { organization, repository } = useRepository();
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  // Underlined always: in the text of a notice its colour alone would not tell it apart.
  const settings = (
    <Link underline="always" to={repositoryPath(organization, repository, 'settings')}>
      Settings
    </Link>
  );
  return (
    <Box sx={{ display: 'grid', gap: 1, '&:not(:empty)': { mb: 2 } }}>
      {spec.deletion?.at && (
        <Alert severity="error">
          It was deleted{spec.deletion.requestedBy && ` by ${spec.deletion.requestedBy}`} and is destroyed{' '}
          <RelativeTime time={spec.deletion.at} />. Until then it can be restored in {settings}.
        </Alert>
      )}
      {spec.archived && !spec.deletion && (
        <Alert severity="info">
          It is archived: it can be read and not changed. {settings} open it again.
        </Alert>
      )}
      {status?.import && (
        <Alert severity="info" aria-live="polite">
          It is being imported from {spec.importFrom?.url ?? spec.importFrom?.path}: {status.import.message}
          {status.import.receivedBytes !== undefined && `, ${bytes(status.import.receivedBytes)}`}
          <LinearProgress
            aria-label="Progress of the import"
            variant={status.import.percent === undefined ? 'indeterminate' : 'determinate'}
            value={status.import.percent}
            sx={{ mt: 1, minWidth: 240 }}
          />
        </Alert>
      )}
      {ready?.reason === 'ImportFailed' && (
        <Alert severity="error">{ready.message}. Delete it, and import it again from another address.</Alert>
      )}
    </Box>
  );
}
