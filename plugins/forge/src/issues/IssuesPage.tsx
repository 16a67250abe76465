import { PageFrame, useOrganization } from '@krate/plugin-control-plane-react';
import { IssueList } from './IssueList';

/** Issues across the repositories of an organization. */
export function IssuesPage() {
  const { organization, namespace } = useOrganization();
  return (
    <PageFrame
      title="Issues"
      organization={organization}
      lede="What is to be done or decided, in all repositories."
    >
      <IssueList organization={organization} namespace={namespace} />
    </PageFrame>
  );
}
