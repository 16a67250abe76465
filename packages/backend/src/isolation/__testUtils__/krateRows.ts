import { Row } from './Row';

const repository = { params: { repository: 'web', name: 'web-1', sha: 'main' } };
const read = { ...repository, query: { ref: 'main', branch: 'main', base: 'main', head: 'main' } };
const FORGE = 'GET /api/krate/forge/:organization/:repository';
const GIT = '/git/:organization/:repository.git';
const reads = 'whoever may get the repository';

/**
 * Krate's own routes, but for the REST facade, which its document lists, and the Kubernetes API, which follows from the
 * kinds.
 */
export const krateRows: Row[] = [
  { route: 'POST /api/krate/login', guard: 'proof', why: 'takes a sign-in link, once' },
  { route: 'GET /api/krate/whoami', guard: 'open', why: 'who the caller is' },
  { route: 'GET /api/krate/tokens', guard: 'own', why: 'the tokens of the caller' },
  {
    route: 'POST /api/krate/tokens',
    guard: 'own',
    why: 'a token of the caller, with no more rights than theirs',
  },
  { route: 'DELETE /api/krate/tokens/:id', guard: 'own', why: 'a token of the caller' },
  { route: 'GET /api/krate/kubeconfig', guard: 'own', why: 'a token of the caller' },
  { route: 'GET /api/krate/sign-in', guard: 'open', why: 'which providers there are' },
  { route: 'GET /api/krate/sign-in/status', guard: 'own', why: 'what became of the caller’s sign-in' },
  {
    route: 'POST /api/krate/access-requests',
    guard: 'own',
    why: 'tells the admins; answers the same when there is no such organization',
    ask: ({ org }) => ({ body: { organization: org, reason: 'I would like to help' } }),
  },
  {
    route: 'POST /api/krate/action-requests',
    guard: 'own',
    why: 'asks the caller; of an organization they do not see it says what it says of none',
    ask: ({ org }) => ({ body: { action: 'delete-resource', input: { org, kind: 'Team', name: 'web' } } }),
  },
  { route: 'GET /api/krate/action-requests/:id', guard: 'own', why: 'what the caller was asked' },
  { route: 'POST /api/krate/action-requests/:id/decision', guard: 'own', why: 'what the caller was asked' },
  { route: 'GET /api/krate/invitations', guard: 'own', why: 'whether mails are sent here; the same for all' },
  {
    route: 'POST /api/krate/invitations/link',
    guard: 'organization-admin',
    why: 'whoever may make invitations',
    ask: ({ org, namespace }) => ({ body: { organization: org, namespace, name: 'grace', invite: 'grace' } }),
  },
  { route: 'POST /api/krate/invitations/preview', guard: 'proof', why: 'takes the secret of an invitation' },
  { route: 'POST /api/krate/invitations/accept', guard: 'proof', why: 'takes the secret of an invitation' },
  ...['GET /api/krate/audit', 'GET /api/krate/audit/export'].map((route): Row => ({
    ...{ route, guard: 'organization-admin', why: 'what was done in it' },
    ask: ({ org }) => ({ query: { org } }),
  })),
  { route: 'GET /api/krate/audit/verify', guard: 'platform', why: 'one chain for all organizations' },
  { route: 'POST /api/krate/backups', guard: 'platform', why: 'everything of all organizations' },
  { route: 'GET /api/krate/metrics', guard: 'platform', why: 'counts over all organizations' },
  { route: 'GET /api/krate/documentation', guard: 'own', why: 'the guides of Krate, the same for all' },
  { route: 'GET /api/krate/documentation/*', guard: 'own', why: 'the guides of Krate, the same for all' },
  {
    route: 'GET /api/krate/live',
    guard: 'own',
    why: 'a connection; each subscription is authorized',
    streams: true,
  },
  { route: 'POST /api/krate/live/:id', guard: 'own', why: 'only by whoever opened the connection' },
  {
    route: 'GET /api/krate/streams/:resource/:namespace/:name/:stream',
    guard: 'organization',
    why: 'whoever may get the object',
    ask: ({ log }) => ({ params: log }),
  },
  ...[
    ...['branches', 'tree', 'commits', 'commit/:sha', 'compare', 'compare/commits'],
    ...['tags', 'divergence', 'archive'],
  ].map((path): Row => ({
    route: `${FORGE}/${path}`,
    guard: 'organization',
    why: reads,
    ask: () => read,
  })),
  ...['blob', 'blame', 'raw'].map((path): Row => ({
    ...{ route: `${FORGE}/${path}`, guard: 'organization', why: reads },
    ask: () => ({ ...repository, query: { ref: 'main', path: 'README.md' } }),
  })),
  {
    route: 'GET /api/krate/forge/:organization/-/search',
    guard: 'open',
    why: 'the code of repositories that the caller may get, of the public ones for anybody',
    ask: ({ note }) => ({ query: { q: note } }),
  },
  ...['pulls/:name/diff', 'pulls/:name/commits'].map(
    // The example's branches do not exist, so a member is told that there is nothing to compare.
    (path): Row => ({
      route: `${FORGE}/${path}`,
      guard: 'organization',
      why: reads,
      ask: () => read,
      nothingThere: true,
    }),
  ),
  {
    route: `GET ${GIT}/info/refs`,
    guard: 'organization',
    why: reads,
    ask: () => ({ ...repository, query: { service: 'git-upload-pack' } }),
  },
  {
    route: `POST ${GIT}/git-upload-pack`,
    guard: 'organization',
    why: reads,
    ask: () => ({ ...repository, body: '0000', type: 'application/x-git-upload-pack-request' }),
  },
  {
    route: `POST ${GIT}/git-receive-pack`,
    guard: 'organization-admin',
    why: 'whoever may push',
    ask: () => ({ ...repository, body: '0000', type: 'application/x-git-receive-pack-request' }),
  },
  { route: 'ALL /api/krate/**', guard: 'absent', why: 'the Kubernetes API: every verb and kind below' },
  { route: 'ALL /api/orgs/**', guard: 'absent', why: 'the REST facade: every operation of its document' },
  ...['/api/controller', '/api/openapi.json', '/healthz', '/livez', '/readyz'].map((path): Row => ({
    route: `ALL ${path}/**`,
    guard: 'absent',
    why: 'the REST facade: its document lists it',
  })),
];
