import { useEntity } from '@backstage/plugin-catalog-react';
import { EmptyState } from '@krate/plugin-control-plane-react';
import { repositoryOf } from './repositoryOf';
import { AgentsTab } from './AgentsTab';

/** The Agents tab on the page of any Component that stands for a repository. */
export function AgentsEntityContent() {
  const { entity } = useEntity();
  const repository = repositoryOf(entity);
  if (!repository) {
    return (
      <EmptyState title="This component names no repository">
        Its annotation krate.a5c.ai/repository is not of the form organization/name.
      </EmptyState>
    );
  }
  return <AgentsTab {...repository} />;
}
