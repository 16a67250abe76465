import {
  ApiBlueprint,
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  appliesToDataRef,
  DefaultKrateApi,
  krateApiRef,
  sectionOrderDataRef,
} from '@krate/plugin-control-plane-react';
import { ReactNode } from 'react';
import { entityCards } from './entities/entityCards';
import { menuApi } from './shell/menuApi';
import { manageMenu } from './administration/manageMenu';
import { platformMenu } from './shell/platformMenu';

const krateApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: krateApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new DefaultKrateApi(apis),
    }),
});

const startRoute = createRouteRef();

/** `/`: to the organization one was in last. */
const startPage = PageBlueprint.make({
  name: 'start',
  params: {
    path: '/',
    routeRef: startRoute,
    noHeader: true,
    loader: () => import('./pages/StartPage').then(module => <module.StartPage />),
  },
});

/** A page made of the sections that areas bring. */
function pageOfSections(name: string, path: string, loader: (sections: ReactNode[]) => Promise<JSX.Element>) {
  return PageBlueprint.makeWithOverrides({
    name,
    inputs: { sections: createExtensionInput([sectionOrderDataRef, coreExtensionData.reactElement]) },
    factory: (original, { inputs }) => {
      const sections = [...inputs.sections]
        .sort((a, b) => a.get(sectionOrderDataRef) - b.get(sectionOrderDataRef))
        .map(section => section.get(coreExtensionData.reactElement));
      return original({ path, noHeader: true, loader: () => loader(sections) });
    },
  });
}

const homePage = pageOfSections('home', '/orgs/:org', sections =>
  import('./pages/HomePage').then(module => <module.HomePage sections={sections} />),
);

const inboxPage = pageOfSections('inbox', '/orgs/:org/inbox', sections =>
  import('./pages/InboxPage').then(module => <module.InboxPage sections={sections} />),
);

/**
 * Every kind and every object, `/orgs/:org/explorer/…`; areas, and plugins from elsewhere, add tabs and actions to the page of
 * an object.
 */
const explorerPage = PageBlueprint.makeWithOverrides({
  name: 'resource',
  inputs: {
    tabs: createExtensionInput([
      appliesToDataRef,
      coreExtensionData.routePath,
      coreExtensionData.title,
      coreExtensionData.reactElement,
    ]),
    actions: createExtensionInput([appliesToDataRef, coreExtensionData.reactElement]),
  },
  factory: (original, { inputs }) => {
    const tabs = inputs.tabs.map(tab => ({
      appliesTo: tab.get(appliesToDataRef),
      path: tab.get(coreExtensionData.routePath),
      title: tab.get(coreExtensionData.title),
      element: tab.get(coreExtensionData.reactElement),
    }));
    const actions = inputs.actions.map(action => ({
      appliesTo: action.get(appliesToDataRef),
      id: action.node.spec.id,
      element: action.get(coreExtensionData.reactElement),
    }));
    return original({
      path: '/orgs/:org/explorer',
      noHeader: true,
      loader: () =>
        import('./explorer/ExplorerPages').then(module => (
          <module.ExplorerPages extensions={{ tabs, actions }} />
        )),
    });
  },
});

/** The address that an object's page had before there was an explorer. */
const formerResourcePage = PageBlueprint.make({
  name: 'former-resource',
  params: {
    path: '/orgs/:org/resource/:plural/:name',
    noHeader: true,
    loader: () => import('./explorer/FormerResourcePage').then(module => <module.FormerResourcePage />),
  },
});

/** Administration: `/orgs/:org/manage/…`. */
const managePage = PageBlueprint.make({
  name: 'manage',
  params: {
    path: '/orgs/:org/manage',
    noHeader: true,
    loader: () => import('./administration/ManageRoutes').then(module => <module.ManageRoutes />),
  },
});

/** Where the link of an invitation leads. */
const invitationPage = PageBlueprint.make({
  name: 'invitation',
  params: {
    path: '/invitation',
    noHeader: true,
    loader: () => import('./invitation/InvitationPage').then(module => <module.InvitationPage />),
  },
});

/** Where a program sends its person before it does what cannot be taken back. */
const actionRequestPage = PageBlueprint.make({
  name: 'action-request',
  params: {
    path: '/action-requests/:id',
    noHeader: true,
    loader: () => import('./actionRequest/ActionRequestPage').then(module => <module.ActionRequestPage />),
  },
});

/** Takes the place of Backstage's own search page. */
const searchPage = PageBlueprint.make({
  name: 'search',
  params: {
    path: '/search',
    noHeader: true,
    loader: () => import('./search/SearchPage').then(module => <module.SearchPage />),
  },
});

const documentationPage = PageBlueprint.make({
  name: 'documentation',
  params: {
    path: '/documentation',
    noHeader: true,
    loader: () => import('./documentation/DocumentationPage').then(module => <module.DocumentationPage />),
  },
});

const createPage = PageBlueprint.make({
  name: 'create',
  params: {
    path: '/orgs/:org/create/:plural',
    noHeader: true,
    loader: () => import('./explorer/ExplorerPages').then(module => <module.CreatePage />),
  },
});

const apiReferencePage = PageBlueprint.make({
  name: 'api-reference',
  params: {
    path: '/api-reference',
    noHeader: true,
    loader: () => import('./apiReference/ApiReferencePage').then(module => <module.ApiReferencePage />),
  },
});

/** The portal's own pages; areas bring theirs. */
export const controlPlanePlugin = createFrontendPlugin({
  pluginId: 'krate',
  extensions: [
    krateApi,
    menuApi,
    platformMenu,
    manageMenu,
    startPage,
    homePage,
    inboxPage,
    explorerPage,
    formerResourcePage,
    managePage,
    invitationPage,
    actionRequestPage,
    searchPage,
    documentationPage,
    apiReferencePage,
    ...entityCards,
    createPage,
  ],
});
