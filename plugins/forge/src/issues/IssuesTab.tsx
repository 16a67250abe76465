import { useRepository } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { IssueList } from './IssueList';
import { NewIssueButton } from './NewIssueButton';

/** The issues of a repository. */
export function IssuesTab() {
  const place = useRepository();
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', mb: 1 }}>
        <NewIssueButton {...place} />
      </Box>
      <IssueList {...place} />
    </>
  );
}
