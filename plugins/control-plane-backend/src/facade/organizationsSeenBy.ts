import { namespaceOf, Organization } from '@krate/plugin-control-plane-common';
import { FacadeContext } from '@krate/plugin-control-plane-node';
import { FacadeServices } from './FacadeServices';

/** An organization in a list. */
export interface OrganizationSummary {
  slug: string;
  displayName: string;
  namespace: string;
  role?: string;
}

/** The organizations that a caller may see, by name: their own, or all of them for a platform administrator. */
export async function organizationsSeenBy(
  services: FacadeServices,
  { principal, client }: FacadeContext,
): Promise<OrganizationSummary[]> {
  const memberships = await services.organizationsOf(principal);
  const own = memberships
    .filter(({ role }) => role !== undefined)
    .map(({ organization, displayName, namespace, role }) => ({
      slug: organization,
      ...{ displayName, namespace, role },
    }));
  const others = (await services.isPlatformAdministrator(principal))
    ? (await client.list(Organization)).items
        .filter(({ metadata }) => own.every(({ slug }) => slug !== metadata.name))
        .map(({ metadata, spec }) => ({
          slug: metadata.name,
          displayName: spec.displayName,
          namespace: namespaceOf(metadata.name),
        }))
    : [];
  return [...own, ...others].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}
