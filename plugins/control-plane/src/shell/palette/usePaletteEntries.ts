import { useApi } from '@backstage/core-plugin-api';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import {
  krateApiRef,
  menuAddress,
  MenuAction,
  menuApiRef,
  MenuObjects,
  organizationPath,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useEffect, useMemo, useState } from 'react';
import { useOrganizations } from '../useOrganizations';
import { PaletteEntry } from './fuzzy';
import { useObjects } from './useObjects';

const PORTAL: readonly PaletteEntry[] = [
  { id: 'portal/catalog', label: 'Catalog', hint: 'Page', to: '/catalog' },
  { id: 'portal/create', label: 'Create from a template', hint: 'Page', to: '/create' },
  { id: 'portal/search', label: 'Search', hint: 'Page', to: '/search', keys: '/' },
  {
    id: 'portal/documentation',
    label: 'Documentation',
    hint: 'Page',
    to: '/documentation',
    keywords: ['guides', 'help', 'reference'],
  },
  { id: 'portal/docs', label: 'TechDocs', hint: 'Page', to: '/docs' },
  { id: 'portal/notifications', label: 'Notifications', hint: 'Page', to: '/notifications' },
  { id: 'portal/settings', label: 'Settings', hint: 'Page', to: '/settings', keywords: ['theme', 'profile'] },
];

/** Everything one can go to or do: pages, what one may do, what the organization has, other organizations. */
export function usePaletteEntries(organization: string | undefined): PaletteEntry[] {
  const menu = useApi(menuApiRef);
  const { organizations = [] } = useOrganizations();
  const actions = useAllowedActions(menu.actions, organization);
  const objects = useObjects(menu.objects, organization);
  return useMemo(() => {
    const pages = organization ? menu.pages : [];
    return [
      ...pages.map(({ title, path, key, keywords }) => ({
        id: `page/${organization}/${path.join('/')}`,
        label: title,
        hint: 'Page',
        to: organizationPath(organization!, ...path),
        keys: key && `g ${key}`,
        keywords,
      })),
      ...actions.map(action => entryOfAction(action, organization!)),
      ...objects.map(({ of, object }) => entryOfObject(of, object, organization!)),
      ...organizations
        .filter(({ name }) => name !== organization)
        .map(({ name, displayName }) => ({
          id: `organization/${name}`,
          label: displayName,
          hint: 'Organization',
          to: organizationPath(name),
        })),
      ...PORTAL,
    ];
  }, [organization, organizations, menu, actions, objects]);
}

function entryOfAction({ title, to, key, keywords }: MenuAction, organization: string): PaletteEntry {
  return {
    id: `action/${organization}/${title}`,
    label: title,
    hint: 'Action',
    to: menuAddress(organization, typeof to === 'function' ? to(organization) : to),
    keys: key && `n ${key}`,
    keywords,
  };
}

function entryOfObject(of: MenuObjects, { metadata, spec }: Resource, organization: string): PaletteEntry {
  const { displayName, title } = (spec ?? {}) as { displayName?: string; title?: string };
  const words = of.titleOf?.({ metadata, spec } as Resource) ?? title ?? displayName;
  const named = words && words !== metadata.name;
  return {
    id: `${of.kind.plural}/${organization}/${metadata.name}`,
    label: named ? `${words} (${metadata.name})` : metadata.name,
    hint: of.singular,
    to: organizationPath(organization, ...of.path.split('/'), metadata.name),
  };
}

/** The last answers by organization: the palette opens with them, so that nothing moves below the fingers. */
const lastAllowed = new Map<string, readonly MenuAction[]>();

/** The actions that the person may do here; asked when the palette opens, so that a new role counts at once. */
function useAllowedActions(
  actions: readonly MenuAction[],
  organization: string | undefined,
): readonly MenuAction[] {
  const api = useApi(krateApiRef);
  const last = (organization && lastAllowed.get(organization)) || [];
  const [allowed, setAllowed] = useState<readonly MenuAction[]>(last);
  useEffect(() => {
    let current = true;
    if (!organization) return undefined;
    const mayDo = async ({ access }: MenuAction) =>
      !access || (await api.can(access.verb, access.kind, namespaceOf(organization))).allowed;
    // An answer that does not come is none: the action is not offered, and its own page says why.
    Promise.all(actions.map(action => mayDo(action).catch(() => false))).then(answers => {
      const now = actions.filter((_, index) => answers[index]);
      lastAllowed.set(organization, now);
      if (current) setAllowed(now);
    });
    return () => {
      current = false;
    };
  }, [api, actions, organization]);
  return allowed;
}
