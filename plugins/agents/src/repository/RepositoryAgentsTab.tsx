import { useRepository } from '@krate/plugin-control-plane-react';
import { AgentsTab } from './AgentsTab';

/** The Agents tab of the repository it is mounted for. */
export function RepositoryAgentsTab() {
  return <AgentsTab {...useRepository()} />;
}
