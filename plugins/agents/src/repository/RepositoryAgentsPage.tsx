import { organizationPath, PageFrame, useOrganization } from '@krate/plugin-control-plane-react';
import { useParams } from 'react-router-dom';
import { repositoryPath } from '../shared/paths';
import { AgentsTab } from './AgentsTab';

/** `/orgs/:org/repositories/:name/agents`: a repository's agents before the catalog knows the repository. */
export function RepositoryAgentsPage() {
  const { organization } = useOrganization();
  const { name = '' } = useParams();
  return (
    <PageFrame
      title="Agents"
      organization={organization}
      crumbs={[
        { label: 'Repositories', to: organizationPath(organization, 'repositories') },
        { label: name, to: repositoryPath(organization, name) },
      ]}
    >
      <AgentsTab organization={organization} repository={name} />
    </PageFrame>
  );
}
