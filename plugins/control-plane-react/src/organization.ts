import { useParams } from 'react-router-dom';
import { namespaceOf } from '@krate/plugin-control-plane-common';

const LAST = 'krate.organization';

/** The organization in the address (`/orgs/:org/…`), and its namespace. */
export function useOrganization(): { organization: string; namespace: string } {
  const { org } = useParams();
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
