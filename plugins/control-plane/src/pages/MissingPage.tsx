import { EmptyState, Link, organizationPath, PageFrame } from '@krate/plugin-control-plane-react';

/** There is no such page, or not for this reader: the two look the same. */
export function MissingPage({ organization }: { organization: string }) {
  return (
    <PageFrame title="Not found" organization={organization}>
      <EmptyState
        title="There is no such page, or you may not see it"
        action={<Link to={organizationPath(organization)}>To the home of {organization}</Link>}
      />
    </PageFrame>
  );
}
