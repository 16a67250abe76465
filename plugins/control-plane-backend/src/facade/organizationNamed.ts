import { ApiError } from '@krate/resource-model';

/**
 * The name of an organization, as somebody gave it.
 *
 * @throws ApiError BadRequest for what can be no name
 */
export function organizationNamed(organization: string): string {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(organization) && organization.length <= 53) return organization;
  throw new ApiError('BadRequest', 'The name of an organization has lower case letters, digits and hyphens', {
    causes: [{ reason: 'FieldValueInvalid', field: 'path.org', message: 'is no name of an organization' }],
  });
}
