import { PageFrame, SectionGrid, useOrganization } from '@krate/plugin-control-plane-react';
import { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { FirstSteps } from '../home/FirstSteps';
import { useOrganizations } from '../shell/useOrganizations';
import { MissingPage } from './MissingPage';

/** What waits for me, what runs, and the repositories of an organization: each part from the area that knows it. */
export function HomePage({ sections }: { sections: readonly ReactNode[] }) {
  const { organization } = useOrganization();
  const { organizations } = useOrganizations();
  const { '*': rest } = useParams();
  if (rest) return <MissingPage organization={organization} />;
  const displayName = organizations?.find(({ name }) => name === organization)?.displayName ?? organization;
  return (
    <PageFrame title={displayName} lede="What waits for you, what runs, and what was pushed last.">
      <FirstSteps />
      <SectionGrid>{sections}</SectionGrid>
    </PageFrame>
  );
}
