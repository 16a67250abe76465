import {
  coreExtensionData,
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RepositoryOfEntity } from './repository';
import { hasRepository } from './hasRepository';

export interface RepositoryTabParams {
  /** Last part of the address, without a slash. */
  path: string;
  title: string;
  /** Its title on an entity page, where the catalog has an overview of its own. */
  entityTitle?: string;
  /** Has an address but no place in the row of tabs: a form that a button opens. */
  hidden?: boolean;
  /** The tab; it finds its repository with `useRepository`. */
  loader(): Promise<JSX.Element>;
}

/** Whether a tab is left out of the row of tabs. */
export const hiddenTabDataRef = createExtensionDataRef<boolean>().with({ id: 'krate.hidden-tab' });

/** A tab of the page `/orgs/:org/repositories/:name`. */
export const RepositoryTabBlueprint = createExtensionBlueprint({
  kind: 'repository-tab',
  attachTo: { id: 'page:forge/repository', input: 'tabs' },
  output: [
    coreExtensionData.routePath,
    coreExtensionData.title,
    coreExtensionData.reactElement,
    hiddenTabDataRef,
  ],
  *factory({ path, title, hidden = false, loader }: RepositoryTabParams, { node }) {
    yield coreExtensionData.routePath(path);
    yield coreExtensionData.title(title);
    yield hiddenTabDataRef(hidden);
    yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, loader));
  },
});

/**
 * A repository tab in both places where a repository is looked at: its own page, and the page of every catalog entity
 * annotated with `krate.a5c.ai/repository`.
 */
export function repositoryTab(tab: RepositoryTabParams) {
  return [
    RepositoryTabBlueprint.make({ name: tab.path, params: tab }),
    EntityContentBlueprint.make({
      name: tab.path,
      params: {
        path: `/${tab.path}`,
        title: tab.entityTitle ?? tab.title,
        filter: hasRepository,
        loader: () => tab.loader().then(element => <RepositoryOfEntity>{element}</RepositoryOfEntity>),
      },
    }),
  ];
}
