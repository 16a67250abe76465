import { AccessButton, organizationPath, useAccess } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { useNavigate } from 'react-router-dom';

export function NewPullRequestButton({
  organization,
  namespace,
  repository,
}: {
  organization: string;
  namespace: string;
  repository: string;
}) {
  const navigate = useNavigate();
  const access = useAccess('create', PullRequest, namespace);
  return (
    <AccessButton
      access={access}
      permission={`open pull requests in ${repository}`}
      variant="contained"
      size="small"
      onClick={() => navigate(organizationPath(organization, 'repositories', repository, 'new-pull-request'))}
    >
      New pull request
    </AccessButton>
  );
}
