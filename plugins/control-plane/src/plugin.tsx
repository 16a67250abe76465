import { ApiBlueprint, createFrontendPlugin, createRouteRef, PageBlueprint } from '@backstage/frontend-plugin-api';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { DefaultKrateApi, krateApiRef } from '@krate/plugin-control-plane-react';

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

const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/orgs/:org',
    noHeader: true,
    loader: () => import('./pages/HomePage').then(module => <module.HomePage />),
  },
});

/** The portal's own pages; areas bring theirs. */
export const controlPlanePlugin = createFrontendPlugin({
  pluginId: 'krate',
  extensions: [krateApi, startPage, homePage],
});
