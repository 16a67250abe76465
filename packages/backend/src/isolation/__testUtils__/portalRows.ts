import { Guard } from './Guard';
import { Row } from './Row';
import { Place } from './Stage';

/** The entity that the catalog makes of the organization; its name is in every one of its objects. */
const group = ({ org }: Place) => ({ kind: 'group', namespace: 'default', name: org });
const refOf = ({ org }: Place) => `group:default/${org}`;
const aboutGroup = (home: Place) => ({ params: group(home) });

const notification = () => ({
  body: { recipients: { type: 'broadcast' }, payload: { title: 'Read this' } },
});

type Short = [route: string, guard: Guard, why: string, ask?: Row['ask']];

/** Routes that Backstage gives to every plugin. */
const EVERY_PLUGIN: Short[] = [
  ['GET /.backstage/health/v1/*', 'open', 'whether the process lives'],
  ['GET /api/*/.backstage/auth/v1/jwks.json', 'open', 'public keys'],
  ['GET /.backstage/auth/v1/jwks.json', 'open', 'public keys'],
  ['GET /api/*/.well-known/*', 'open', 'how to sign in'],
  ['GET /api/*/.backstage/auth/v1/cookie', 'proof', 'a cookie for the caller’s own session'],
  ['DELETE /api/*/.backstage/auth/v1/cookie', 'proof', 'the caller’s own cookie'],
  ['GET /.backstage/auth/v1/cookie', 'proof', 'a cookie for the caller’s own session'],
  ['DELETE /.backstage/auth/v1/cookie', 'proof', 'the caller’s own cookie'],
  ['ALL /api/:plugin/.backstage/scheduler/**', 'closed', 'Krate does not serve what comes next'],
  ['GET /api/*/.backstage/scheduler/v1/tasks', 'closed', 'tasks of the portal itself'],
  ['POST /api/*/.backstage/scheduler/v1/tasks/:id/*', 'closed', 'tasks of the portal itself'],
  ['GET /api/*/.well-known/backstage/permissions/metadata', 'open', 'which rules and permissions there are'],
  [
    'POST /api/*/.well-known/backstage/permissions/apply-conditions',
    'service',
    'judges entities for a plugin',
  ],
  ['ALL /api/*/.well-known/backstage/permissions/**', 'absent', 'a parser before the routes above'],
  [
    'ALL /api/*/.well-known/backstage/permissions/apply-conditions/**',
    'absent',
    'a parser before the route above',
  ],
  ['GET /api/*/.backstage/actions/v1/actions', 'open', 'which actions there are'],
  ['POST /api/*/.backstage/actions/v*/actions/:actionId/invoke', 'filtered', 'an action acts as its caller'],
  ['ALL /api/*/.backstage/actions/**', 'absent', 'a parser before the routes above'],
  ['GET /api/*/openapi.json', 'open', 'the plugin’s document'],
  ['ALL /api/**', 'absent', 'what no plugin answers'],
  ['ALL /**', 'absent', 'the portal’s page, or that it was not built'],
];

const AUTH: Short[] = [
  ['ALL /api/auth/:provider/**', 'proof', 'the providers that are not configured'],
  ['ALL /api/auth/github/**', 'proof', 'not configured here'],
  ['ALL /api/auth/oidc/**', 'proof', 'not configured here'],
  ['GET /api/auth/.well-known/oauth-client/*', 'open', 'how a terminal signs in'],
  ['GET /api/auth/local/handler/frame', 'proof', 'takes a sign-in link or the session’s cookie'],
  ['POST /api/auth/local/handler/frame', 'proof', 'takes a sign-in link or the session’s cookie'],
  ['GET /api/auth/local/*', 'proof', 'takes a sign-in link or the session’s cookie'],
  ['POST /api/auth/local/*', 'proof', 'takes a sign-in link or the session’s cookie'],
  ['GET /api/auth/v1/userinfo', 'own', 'the caller’s own claims'],
];

const CATALOG: Short[] = [
  ['GET /api/catalog/entities', 'filtered', 'entities of the caller’s organizations'],
  [
    'GET /api/catalog/entities/by-query',
    'filtered',
    'entities of the caller’s organizations',
    home => ({
      query: { filter: `metadata.name=${home.org}` },
    }),
  ],
  [
    'POST /api/catalog/entities/by-query',
    'filtered',
    'entities of the caller’s organizations',
    () => ({ body: {} }),
  ],
  [
    'POST /api/catalog/entities/by-refs',
    'filtered',
    'entities of the caller’s organizations',
    home => ({
      body: { entityRefs: [refOf(home)] },
    }),
  ],
  ['GET /api/catalog/entities/by-name/:kind/:namespace/:name', 'filtered', 'an entity of theirs', aboutGroup],
  [
    'GET /api/catalog/entities/by-name/:kind/:namespace/:name/ancestry',
    'filtered',
    'of an entity of theirs',
    aboutGroup,
  ],
  ['GET /api/catalog/entities/by-uid/:uid', 'filtered', 'an entity of theirs'],
  ['DELETE /api/catalog/entities/by-uid/:uid', 'platform', 'the catalog is a projection'],
  [
    'GET /api/catalog/entity-facets',
    'filtered',
    'values of entities of theirs',
    () => ({
      query: { facet: 'metadata.name' },
    }),
  ],
  [
    'POST /api/catalog/entity-facets',
    'filtered',
    'values of entities of theirs',
    () => ({
      body: { facets: ['metadata.name'] },
    }),
  ],
  [
    'POST /api/catalog/refresh',
    'filtered',
    'of an entity of theirs',
    home => ({ body: { entityRef: refOf(home) } }),
  ],
  [
    'POST /api/catalog/validate-entity',
    'platform',
    'judges what is sent',
    () => ({
      body: {
        location: 'url:https://krate.example',
        entity: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' } },
      },
    }),
  ],
  ['POST /api/catalog/analyze-location', 'filtered', 'judges what is sent'],
  ['GET /api/catalog/locations', 'filtered', 'none: the catalog is filled by the configuration and by Krate'],
  [
    'POST /api/catalog/locations',
    'platform',
    'the catalog is a projection',
    () => ({
      body: { type: 'url', target: 'https://krate.example/catalog-info.yaml' },
      query: { dryRun: 'true' },
    }),
  ],
  ['POST /api/catalog/locations/by-query', 'filtered', 'none, as above', () => ({ body: {} })],
  ['GET /api/catalog/locations/:id', 'platform', 'the catalog is filled by the configuration and by Krate'],
  [
    'PUT /api/catalog/locations/:id',
    'platform',
    'the catalog is a projection',
    () => ({
      body: { type: 'url', target: 'https://krate.example/catalog-info.yaml' },
    }),
  ],
  ['DELETE /api/catalog/locations/:id', 'platform', 'the catalog is a projection'],
  [
    'GET /api/catalog/locations/by-entity/:kind/:namespace/:name',
    'platform',
    'where an entity is from',
    aboutGroup,
  ],
];

const OTHERS: Short[] = [
  [
    'GET /api/search/query',
    'filtered',
    'documents of the caller’s organizations',
    home => ({ query: { term: home.org } }),
  ],
  ...['POST', 'GET', 'DELETE'].map((method): Short => [
    `${method} /api/mcp-actions/v1/`,
    'own',
    'tools act with the rights of the caller',
  ]),
  ['ALL /api/scaffolder/**', 'absent', 'its document lists its routes'],
  [
    'GET /api/techdocs/metadata/techdocs/:namespace/:kind/:name',
    'filtered',
    'of an entity of theirs',
    aboutGroup,
  ],
  [
    'GET /api/techdocs/metadata/entity/:namespace/:kind/:name',
    'filtered',
    'of an entity of theirs',
    aboutGroup,
  ],
  ['GET /api/techdocs/sync/:namespace/:kind/:name', 'filtered', 'of an entity of theirs', aboutGroup],
  [
    'ALL /api/techdocs/static/docs/:namespace/:kind/:name/**',
    'filtered',
    'of an entity of theirs',
    aboutGroup,
  ],
  ['GET /api/permission/health', 'open', 'whether the plugin lives'],
  [
    'POST /api/permission/authorize',
    'filtered',
    'what the caller may',
    () => ({
      body: {
        items: [{ id: '1', permission: { type: 'basic', name: 'krate.repositories.list', attributes: {} } }],
      },
    }),
  ],
  ['GET /api/signals/health', 'open', 'whether the plugin lives'],
  ['GET /api/notifications/*', 'own', 'the caller’s own'],
  ['GET /api/notifications/', 'own', 'the caller’s own'],
  ['GET /api/notifications/notifications/:id', 'own', 'the caller’s own'],
  [
    'POST /api/notifications/settings',
    'own',
    'the caller’s own',
    () => ({
      body: { channels: [{ id: 'Web', origins: [{ id: 'plugin:krate', enabled: true }] }] },
    }),
  ],
  ['POST /api/notifications/update', 'own', 'the caller’s own', () => ({ body: { ids: ['nothing'] } })],
  [
    'POST /api/notifications/notifications/update',
    'own',
    'the caller’s own',
    () => ({ body: { ids: ['nothing'] } }),
  ],
  ['POST /api/notifications/', 'service', 'only plugins notify', notification],
  ['POST /api/notifications/notifications', 'service', 'only plugins notify', notification],
  ['GET /api/user-settings/buckets/:bucket/keys/:key(*)', 'own', 'the caller’s own'],
  [
    'PUT /api/user-settings/buckets/:bucket/keys/:key(*)',
    'own',
    'the caller’s own',
    () => ({ body: { value: 'v' } }),
  ],
  ['DELETE /api/user-settings/buckets/:bucket/keys/:key(*)', 'own', 'the caller’s own'],
  ['POST /api/user-settings/multiget', 'own', 'the caller’s own', () => ({ body: { items: [] } })],
  [
    'POST /api/events/bus/v1/events',
    'service',
    'between plugins',
    () => ({
      body: { event: { topic: 'krate', payload: {} } },
    }),
  ],
  ['GET /api/events/bus/v1/subscriptions/:subscriptionId/events', 'service', 'between plugins'],
  [
    'PUT /api/events/bus/v1/subscriptions/:subscriptionId',
    'service',
    'between plugins',
    () => ({
      body: { topics: ['krate'] },
    }),
  ],
];

const SCAFFOLDER: Short[] = [
  [
    'GET /api/scaffolder/v2/templates/{namespace}/{kind}/{name}/parameter-schema',
    'filtered',
    'templates are for all',
  ],
  ['GET /api/scaffolder/v2/actions', 'filtered', 'which actions there are'],
  ['GET /api/scaffolder/v2/tasks', 'own', 'the caller’s own tasks'],
  ['POST /api/scaffolder/v2/tasks', 'own', 'a task acts as the caller'],
  ['GET /api/scaffolder/v2/tasks/{taskId}', 'own', 'the caller’s own tasks'],
  ['POST /api/scaffolder/v2/tasks/{taskId}/cancel', 'own', 'the caller’s own tasks'],
  ['POST /api/scaffolder/v2/tasks/{taskId}/retry', 'own', 'the caller’s own tasks'],
  ['GET /api/scaffolder/v2/tasks/{taskId}/events', 'own', 'the caller’s own tasks'],
  ['POST /api/scaffolder/v2/dry-run', 'own', 'judges what is sent, as the caller'],
  [
    'POST /api/scaffolder/v2/autocomplete/{provider}/{resource}',
    'own',
    'asks a provider with the caller’s token',
  ],
  ['GET /api/scaffolder/v2/templating-extensions', 'filtered', 'which functions there are'],
];

/** Where a member finds the organization's own entity or document. */
const SHOWING = [
  'GET /api/catalog/entities',
  'GET /api/catalog/entities/by-query',
  'POST /api/catalog/entities/by-query',
  'POST /api/catalog/entities/by-refs',
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name',
  'GET /api/catalog/entity-facets',
  'POST /api/catalog/entity-facets',
  'GET /api/search/query',
];

/** Routes of Backstage's own plugins, as the configuration that is shipped opens them. */
export const portalRows: Row[] = [...EVERY_PLUGIN, ...AUTH, ...CATALOG, ...OTHERS, ...SCAFFOLDER].map(
  ([route, guard, why, ask]) => ({
    ...{ route, guard, why, ask },
    shows: SHOWING.includes(route),
    byWords: route === 'GET /api/search/query',
  }),
);
