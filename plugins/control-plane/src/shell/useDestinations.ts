import { namespaceOf } from '@krate/plugin-control-plane-common';
import { organizationPath, useResourceList } from '@krate/plugin-control-plane-react';
import { KRATE_GROUP, Resource } from '@krate/resource-model';
import { useMemo } from 'react';
import { GROUPS } from './pages';
import { Destination } from './palette';
import { useOrganizations } from './useOrganizations';

/** Kinds are addressed by name: the shell imports no area. */
function useObjects(plural: string, organization: string | undefined): readonly Resource[] {
  const kind = useMemo(() => ({ group: KRATE_GROUP, plural }), [plural]);
  const { items } = useResourceList(kind, { namespace: organization && namespaceOf(organization) });
  return items as unknown as readonly Resource[];
}

/** Everything one can go to: pages first, then what the organization has, then other organizations. */
export function useDestinations(organization: string | undefined): Destination[] {
  const { organizations = [] } = useOrganizations();
  const repositories = useObjects('repositories', organization);
  const pulls = useObjects('pullrequests', organization);
  const stacks = useObjects('agentstacks', organization);
  return useMemo(() => {
    const pages = organization
      ? [
          { label: 'Home', hint: 'Page', to: organizationPath(organization) },
          { label: 'Inbox', hint: 'Page', to: organizationPath(organization, 'inbox') },
          ...GROUPS.flatMap(({ items }) => items).map(({ text, path }) => ({
            label: text,
            hint: 'Page',
            to: organizationPath(organization, ...path),
          })),
          { label: 'Dispatch an agent', hint: 'Action', to: organizationPath(organization, 'dispatch') },
        ]
      : [];
    const objects = (items: readonly Resource[], hint: string, path: string): Destination[] =>
      items.map(({ metadata: { name }, spec }) => {
        const { title } = (spec ?? {}) as { title?: string };
        return {
          label: title ? `${title} (${name})` : name,
          hint,
          to: organizationPath(organization!, path, name),
        };
      });
    return [
      ...pages,
      ...objects(repositories, 'Repository', 'repositories'),
      ...objects(pulls, 'Pull request', 'pull-requests'),
      ...objects(stacks, 'Stack', 'stacks'),
      ...organizations
        .filter(({ name }) => name !== organization)
        .map(({ name, displayName }) => ({
          label: displayName,
          hint: 'Organization',
          to: organizationPath(name),
        })),
      { label: 'Catalog', hint: 'Page', to: '/catalog' },
      { label: 'Create', hint: 'Page', to: '/create' },
      { label: 'Search', hint: 'Page', to: '/search' },
      { label: 'Settings', hint: 'Page', to: '/settings' },
    ];
  }, [organization, organizations, repositories, pulls, stacks]);
}
