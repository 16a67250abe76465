import { organizationPath, PageFrame, useOrganization } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { shortRef } from '../shared/format';
import { runPath } from '../shared/paths';
import { DispatchForm } from './DispatchForm';

/** The dispatch form as a page: `?repository=&path=&task=&stack=&branch=&pullRequest=&job=` fill it in. */
export function DispatchPage() {
  const { organization } = useOrganization();
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const given = ['repository', 'path', 'task', 'stack', 'branch', 'pullRequest', 'job'].flatMap(field => {
    const value =
      parameters.get(field) ??
      (field === 'branch' ? shortRef(parameters.get('ref') ?? undefined) : undefined);
    return value ? [[field, value]] : [];
  });
  return (
    <PageFrame
      title="Dispatch an agent"
      organization={organization}
      crumbs={[{ label: 'Runs', to: organizationPath(organization, 'runs') }]}
      lede="The agent works on a copy, asks before what its rules do not allow, and proposes its change as a pull request."
    >
      <Box sx={{ maxWidth: 720 }}>
        <Paper variant="outlined" sx={{ p: 2 }}>
          <DispatchForm
            organization={organization}
            initial={Object.fromEntries(given)}
            onDispatched={run => navigate(runPath(organization, run.metadata.name))}
          />
        </Paper>
      </Box>
    </PageFrame>
  );
}
