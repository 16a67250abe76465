import { PageFrame, SectionGrid, useOrganization } from '@krate/plugin-control-plane-react';
import { ReactNode } from 'react';

/** Everything that waits for a decision of the reader. */
export function InboxPage({ sections }: { sections: readonly ReactNode[] }) {
  const { organization } = useOrganization();
  return (
    <PageFrame title="Inbox" organization={organization} lede="Decisions that wait for you, oldest first.">
      <SectionGrid>{sections}</SectionGrid>
    </PageFrame>
  );
}
