import { AccessButton, useAccess } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import { useNavigate } from 'react-router-dom';
import { repositoryPath } from '../api/links';

/** Leads to the form for a new issue of a repository. */
export function NewIssueButton({
  organization,
  namespace,
  repository,
}: {
  organization: string;
  namespace: string;
  repository: string;
}) {
  const navigate = useNavigate();
  const access = useAccess('create', Issue, namespace);
  return (
    <AccessButton
      variant="contained"
      size="small"
      access={access}
      permission="open issues"
      onClick={() => navigate(repositoryPath(organization, repository, 'new-issue'))}
    >
      New issue
    </AccessButton>
  );
}
