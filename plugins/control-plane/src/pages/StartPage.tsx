import { Content, Page, Progress } from '@backstage/core-components';
import { EmptyState, lastOrganization, organizationPath, Problem } from '@krate/plugin-control-plane-react';
import { Navigate } from 'react-router-dom';
import { useOrganizations } from '../shell/OrganizationSwitcher';

/** Sends a person to the organization they were in last, else to their first; says what to do when there is none. */
export function StartPage() {
  const { organizations, error, reload } = useOrganizations();
  if (error) {
    return (
      <Page themeId="home">
        <Content>
          <Problem error={error} title="Your organizations could not be read" onRetry={reload} />
        </Content>
      </Page>
    );
  }
  if (!organizations) return <Progress />;

  const last = lastOrganization();
  const target = organizations.find(({ name }) => name === last) ?? organizations[0];
  if (target) return <Navigate to={organizationPath(target.name)} replace />;
  return (
    <Page themeId="home">
      <Content>
        <EmptyState title="You belong to no organization yet">
          A platform administrator makes one with <code>krate apply -f organization.yaml</code>; an organization’s admin adds
          you to theirs.
        </EmptyState>
      </Content>
    </Page>
  );
}
