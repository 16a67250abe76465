import { PermissionCondition, PermissionCriteria } from '@backstage/plugin-permission-common';

const RESOURCE_TYPE = 'catalog-entity';
const ORGANIZATION = 'krate.a5c.ai/org';

type Criteria = PermissionCriteria<PermissionCondition<'catalog-entity'>>;

const rule = (name: string, params: Record<string, string | string[]>): Criteria => ({
  rule: name,
  resourceType: RESOURCE_TYPE,
  params,
});
const isUser = rule('IS_ENTITY_KIND', { kinds: ['User'] });

/**
 * The catalog entities a person may read, as conditions of the catalog's own rules: those of their organizations, those of
 * no organization (templates, documentation), the people they share an organization with, and themselves.
 */
export function readableEntities(login: string, organizations: readonly string[]): Criteria {
  return {
    anyOf: [
      { allOf: [{ not: rule('HAS_ANNOTATION', { annotation: ORGANIZATION }) }, { not: isUser }] },
      { allOf: [isUser, rule('HAS_METADATA', { key: 'name', value: login })] },
      ...organizations.map(value => rule('HAS_ANNOTATION', { annotation: ORGANIZATION, value })),
      ...organizations.map(value => rule('HAS_SPEC', { key: 'memberOf', value: `group:default/${value}` })),
    ],
  };
}
