import { PageFrame, useOrganization } from '@krate/plugin-control-plane-react';
import { PullRequestList } from './PullRequestList';

/** Pull requests across the repositories of an organization. */
export function PullRequestsPage() {
  const { organization, namespace } = useOrganization();
  return (
    <PageFrame
      title="Pull requests"
      organization={organization}
      lede="Proposed changes in all repositories, from people and from agents."
    >
      <PullRequestList organization={organization} namespace={namespace} />
    </PageFrame>
  );
}
