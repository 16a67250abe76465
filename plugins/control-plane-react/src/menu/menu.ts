import { createApiRef, IconComponent } from '@backstage/core-plugin-api';
import { createExtensionBlueprint, createExtensionDataRef } from '@backstage/frontend-plugin-api';
import type { Kind, Resource } from '@krate/resource-model';

/** Groups of the navigation, in their order: by what a person is doing. */
export const MENU_GROUPS = [
  'Ship',
  'Agents',
  'Knowledge',
  'Integrations',
  'Packages',
  'Models',
  'Policy',
  'Manage',
] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];

/** A verb on a kind that a person needs; without it an entry is not offered. */
export interface MenuAccess {
  verb: string;
  kind: Pick<Kind, 'group' | 'plural'>;
}

/** A page of an organization: in the navigation, in the command palette, behind a key. */
export interface MenuPage {
  title: string;
  /** Below `/orgs/:org`. */
  path: readonly string[];
  /** Absent: above all groups. */
  group?: MenuGroup;
  icon: IconComponent;
  /** Smaller comes first within the group. */
  order?: number;
  /** The letter after `g` that goes there. */
  key?: string;
  /** Other words people look for it by. */
  keywords?: readonly string[];
  /** Not in the navigation: found with the palette only. */
  hidden?: boolean;
}

/** Something a person does, offered in the command palette to whoever may. */
export interface MenuAction {
  title: string;
  /** Where it is done, below `/orgs/:org`; a query opens the dialog: `repositories?new`. */
  to: string | ((organization: string) => string);
  access?: MenuAccess;
  /** The letter after `n` that begins it. */
  key?: string;
  keywords?: readonly string[];
}

/** A kind whose objects the palette finds by name. */
export interface MenuObjects {
  kind: Pick<Kind, 'group' | 'version' | 'plural' | 'clusterScoped'>;
  /** What one of them is called: `Repository`. */
  singular: string;
  /** Below `/orgs/:org`, before the name. */
  path: string;
  /** The words beside the name, such as a pull request's title. */
  titleOf?(object: Resource): string | undefined;
}

/** One thing to do in a new organization; done as soon as what it makes exists. */
export interface FirstStep {
  id: string;
  order: number;
  title: string;
  /** One sentence: what it is good for. */
  why: string;
  /** Objects that show it was done. */
  done: { kind: Pick<Kind, 'group' | 'plural'>; atLeast: number };
  /** What the button says, and where it leads: below `/orgs/:org`, or an absolute address. */
  action: { label: string; to: string; access?: MenuAccess };
  /** Name of a file of `docs/guides`, without `.md`. */
  guide?: string;
}

/** What one area brings to the shell. */
export interface Menu {
  pages?: readonly MenuPage[];
  actions?: readonly MenuAction[];
  objects?: readonly MenuObjects[];
  firstSteps?: readonly FirstStep[];
}

/** Everything the installed areas brought, in order. */
export type MenuApi = Readonly<Required<Menu>>;

export const menuApiRef = createApiRef<MenuApi>({ id: 'plugin.krate.menu' });

export const menuDataRef = createExtensionDataRef<Menu>().with({ id: 'krate.menu' });

/**
 * Puts an area's pages into the navigation, its pages, actions and objects into the command palette, its keys into the
 * keyboard help and its first steps on the home of a new organization. What is not installed shows nothing.
 */
export const MenuBlueprint = createExtensionBlueprint({
  kind: 'krate-menu',
  attachTo: { id: 'api:krate/menu', input: 'menus' },
  output: [menuDataRef],
  *factory(menu: Menu) {
    yield menuDataRef(menu);
  },
});

/** All menus as one, pages and steps in their order. */
export function mergeMenus(menus: readonly Menu[]): MenuApi {
  const byOrder = (a: { order?: number }, b: { order?: number }) => (a.order ?? 50) - (b.order ?? 50);
  return {
    pages: menus
      .flatMap(({ pages = [] }) => pages)
      .sort((a, b) => groupOrder(a.group) - groupOrder(b.group) || byOrder(a, b)),
    actions: menus.flatMap(({ actions = [] }) => actions),
    objects: menus.flatMap(({ objects = [] }) => objects),
    firstSteps: menus.flatMap(({ firstSteps = [] }) => firstSteps).sort(byOrder),
  };
}

/** Pages without a group stand above all groups. */
function groupOrder(group: MenuGroup | undefined): number {
  return group ? MENU_GROUPS.indexOf(group) : -1;
}

/** The address of something that is given below an organization or absolutely. */
export function menuAddress(organization: string, to: string): string {
  return to.startsWith('/') ? to : `/orgs/${encodeURIComponent(organization)}${to ? `/${to}` : ''}`;
}
