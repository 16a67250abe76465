import { createContext, ReactNode, useContext } from 'react';
import { useParams } from 'react-router-dom';
import { namespaceOf } from '@krate/plugin-control-plane-common';

const LAST = 'krate.organization';

const OrganizationContext = createContext<string | undefined>(undefined);

/** Says the organization where the address does not, as on an entity's page. */
export function OrganizationProvider({
  organization,
  children,
}: {
  organization: string;
  children: ReactNode;
}) {
  return <OrganizationContext.Provider value={organization}>{children}</OrganizationContext.Provider>;
}

/** The organization in the address (`/orgs/:org/…`) or of the entity, and its namespace. */
export function useOrganization(): { organization: string; namespace: string } {
  const given = useContext(OrganizationContext);
  const { org = given } = useParams();
  if (!org) throw new Error('This page belongs under /orgs/:org');
  return { organization: org, namespace: namespaceOf(org) };
}

/** Where a page of an organization lives: every address carries the organization, so that it can be sent to a colleague. */
export function organizationPath(organization: string, ...rest: string[]): string {
  return ['/orgs', organization, ...rest]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

export function rememberOrganization(organization: string): void {
  window.localStorage.setItem(LAST, organization);
}

export function lastOrganization(): string | undefined {
  return window.localStorage.getItem(LAST) ?? undefined;
}
