/** The namespace of the platform itself: organizations, their bindings, platform administrators. */
export const PLATFORM_NAMESPACE = 'krate-system';
/** Every object of an organization carries this label with the organization's name. */
export const ORGANIZATION_LABEL = 'krate.a5c.ai/org';
/** Who created an object: server-owned, stamped at creation and never changed. */
export const CREATED_BY_ANNOTATION = 'krate.a5c.ai/created-by';

const PREFIX = 'krate-org-';

/** The namespace of an organization: `krate-org-<slug>`. */
export function namespaceOf(organization: string): string {
  return `${PREFIX}${organization}`;
}

/** The organization a namespace belongs to; undefined for the platform namespace and any other. */
export function organizationOf(namespace: string | undefined): string | undefined {
  return namespace?.startsWith(PREFIX) ? namespace.slice(PREFIX.length) : undefined;
}
