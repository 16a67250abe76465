import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import agents from '@krate/plugin-agents-backend';
import { TestFacade } from '@krate/plugin-control-plane-backend/testkit';
import forge from '@krate/plugin-forge-backend';
import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { arbitraryOf } from './__testUtils__/arbitraryOf';
import { Operation, operationsOf, pathOf, Schema } from './__testUtils__/operations';

jest.setTimeout(120_000);

/** The document of all areas is committed; what the server serves is checked against it below. */
const committed: Schema = JSON.parse(
  readFileSync(join(__dirname, '../../../docs/reference/openapi.json'), 'utf8'),
);
const operations = operationsOf(committed);
const operation = (id: string) => operations.find(each => each.id === id)!;
const SECRET = 'sk-never-to-be-shown-0451';

/**
 * A valid request of every operation, in an order in which each finds what it needs, and how it ends. The body is the
 * document's own example unless one is given. An operation without a row fails the test below.
 */
const ROWS: { id: string; status: number; params?: Record<string, string>; query?: string; body?: object }[] =
  [
    { id: 'getHealth', status: 200 },
    { id: 'getLiveness', status: 200 },
    { id: 'getReadiness', status: 200 },
    { id: 'getOpenApi', status: 200 },
    { id: 'createOrganization', status: 201, body: { slug: 'contract' } },
    { id: 'listOrganizations', status: 200 },
    { id: 'getOrganization', status: 200 },
    { id: 'getController', status: 200, query: 'org=acme' },
    { id: 'applyResource', status: 201 },
    { id: 'listResources', status: 200, query: 'kind=Team&limit=5' },
    { id: 'getResource', status: 200, params: { kind: 'Team', name: 'web' } },
    { id: 'exportSnapshot', status: 200 },
    { id: 'importSnapshot', status: 200 },
    { id: 'deleteResource', status: 200, params: { kind: 'Team', name: 'web' } },
    { id: 'listRuntimeResources', status: 200, params: { kind: 'PullRequest' } },
    { id: 'listAuditEvents', status: 200, query: 'limit=5' },
    { id: 'streamEvents', status: 200 },
    { id: 'createRepository', status: 201 },
    { id: 'listRepositories', status: 200 },
    { id: 'getRepository', status: 200, params: { name: 'web' } },
    { id: 'createPullRequest', status: 201 },
    { id: 'listPullRequests', status: 200, query: 'repository=web&phase=open' },
    { id: 'getPullRequest', status: 200, params: { pr: 'web-1' } },
    { id: 'addReview', status: 201, params: { pr: 'web-1' }, body: { decision: 'comment', body: 'Hm.' } },
    { id: 'completeChecks', status: 200, params: { pr: 'web-1' }, body: { waitSeconds: 0 } },
    // Its branch does not exist: forge-backend's own test merges with real git.
    { id: 'mergePullRequest', status: 409, params: { pr: 'web-1' } },
    {
      id: 'createSecret',
      status: 201,
      body: { name: 'model-key', data: { apiKey: SECRET }, grantedTo: 'fixer' },
    },
    { id: 'listSecrets', status: 200 },
    { id: 'createSecretGrant', status: 201, body: { secretName: 'model-key', grantedTo: 'other' } },
    { id: 'listSecretGrants', status: 200 },
    { id: 'createAgentStack', status: 201 },
    { id: 'listAgentStacks', status: 200 },
    { id: 'reviewPermissions', status: 200 },
    { id: 'dispatchAgent', status: 201 },
    { id: 'listAgentRuns', status: 200, query: 'phase=succeeded' },
    // What becomes of a run is for agents-backend's own test; here there is no such run.
    { id: 'getAgentRun', status: 404 },
    { id: 'cancelAgentRun', status: 404 },
    { id: 'retryAgentRun', status: 404 },
    { id: 'listAgentApprovals', status: 200, query: 'phase=pending' },
    { id: 'decideAgentApproval', status: 404 },
    { id: 'streamAgentEvents', status: 200 },
    { id: 'deleteSecret', status: 200, params: { name: 'model-key' } },
    { id: 'deleteRepository', status: 200, params: { name: 'web' } },
  ];

describe('the contract of the REST facade', () => {
  let facade: TestFacade;

  beforeAll(async () => {
    facade = await TestFacade.start({ features: [forge, agents] });
    await facade.organization('acme');
    await facade.organization('globex');
    await facade.member('globex', 'eve', 'admin');
    await facade.member('acme', 'dana', 'admin');
    await facade.member('globex', 'dana', 'admin');
  });
  afterAll(() => facade.stop());

  /** Sends it and holds the answer to the document. A stream is opened and left. */
  async function send(each: Operation, who: string | undefined, path: string, body?: unknown) {
    if (!each.streams || who === undefined) {
      const { status, text } = await facade.as(who).send(each.method, path, body);
      return { status, text };
    }
    const gone = new AbortController();
    const headers = { Authorization: mockCredentials.user.header(`user:default/${who}`) };
    const response = await fetch(`${facade.plane.url}${path}`, { headers, signal: gone.signal });
    const text = response.ok ? '' : await response.text();
    gone.abort();
    return { status: response.status, text };
  }

  it('has a row for every operation, and one operation for every row', () => {
    expect(ROWS.map(({ id }) => id).sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it('is the committed document (if not: npm run generate)', () => {
    expect(Object.keys(facade.document.paths as object)).toEqual(Object.keys(committed.paths));
    expect(facade.document.paths).toEqual(committed.paths);
  });

  it.each(ROWS.map(row => [row.id, row] as const))('%s answers a valid request', async (id, row) => {
    const each = operation(id);
    const path = pathOf(each, { org: 'acme', ...row.params });
    const answer = await send(
      each,
      'admin',
      row.query ? `${path}?${row.query}` : path,
      row.body ?? each.example,
    );
    expect([id, answer.status, answer.text]).toEqual([id, row.status, expect.not.stringContaining(SECRET)]);
  });

  it.each(operations.filter(each => each.body).map(each => [each.id, each] as const))(
    '%s refuses a body of another form',
    async (_id, each) => {
      const params = Object.fromEntries(each.pathParameters.map(({ name }) => [name, 'web']));
      const path = pathOf(each, { ...params, org: 'acme' });
      for (const body of [{ nobody: 'knows this' }, { name: 7, kind: [], decision: {} }]) {
        const { status } = await facade.as('admin').send(each.method, path, body);
        expect([each.id, status]).toEqual([each.id, 400]);
      }
    },
  );

  it.each(operations.filter(each => !each.open).map(each => [each.id, each] as const))(
    '%s needs credentials',
    async (_id, each) => {
      const { status } = await facade.as().send(each.method, pathOf(each, { org: 'acme' }), each.example);
      expect(status).toBe(401);
    },
  );

  const ofOrganizations = operations.filter(each => each.path.includes('{org}'));
  it.each(ofOrganizations.map(each => [each.id, each] as const))(
    '%s shows and does nothing in an organization to somebody who is not in it',
    async (_id, each) => {
      const before = await facade.plane.controlPlane.client.list(repositoryKind(), {
        namespace: 'krate-org-acme',
      });
      const { status, text } = await send(each, 'eve', pathOf(each, { org: 'acme' }), each.example);
      expect([status, JSON.parse(text).error.code]).toEqual([404, 'ORG_NOT_FOUND']);
      const after = await facade.plane.controlPlane.client.list(repositoryKind(), {
        namespace: 'krate-org-acme',
      });
      expect(after.items).toEqual(before.items);
    },
  );

  it.each(
    ofOrganizations
      .filter(each => each.method === 'GET' && !each.streams)
      .map(each => [each.id, each] as const),
  )('%s in one organization tells nothing of another, even to a member of both', async (_id, each) => {
    const marked = { kind: 'Repository', metadata: { name: 'marked-acme' }, spec: {} };
    await facade.as('dana').post('/api/orgs/acme/resources', marked);
    const params = { org: 'globex', kind: 'Repository', name: 'marked-acme', pr: 'marked-acme-1' };
    const { text } = await facade.as('dana').get(pathOf(each, params));
    expect(text).not.toContain('krate-org-acme');
  });

  it('never fails and never tells a secret, whatever it is sent', async () => {
    await facade.as('admin').post('/api/orgs/acme/secrets', { name: 'kept', data: { key: SECRET } });
    const encoded = Buffer.from(SECRET).toString('base64');
    const request = fc.constantFrom(...operations.filter(each => !each.streams)).chain(each =>
      fc.record({
        each: fc.constant(each),
        params: fc.record(
          Object.fromEntries(
            each.pathParameters.map(({ name, schema }) => [
              name,
              name === 'org' ? fc.constantFrom('acme', 'acme', 'acme', 'nowhere', '..') : word(schema),
            ]),
          ),
        ),
        query: fc.record(Object.fromEntries(each.query.map(({ name, schema }) => [name, word(schema)])), {
          requiredKeys: [],
        }),
        body: each.body ? arbitraryOf(each.body, committed) : fc.constant(undefined),
      }),
    );
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(request, async ({ each, params, query, body }) => {
        const search = new URLSearchParams(query as Record<string, string>).toString();
        const path = `${pathOf(each, params as Record<string, string>)}?${search}`;
        const { status, text } = await facade.as('admin').send(each.method, path, quick(body));
        sent += 1;
        if (status >= 500) throw new Error(`${each.method} ${path} answered ${status}: ${text}`);
        if (text.includes(SECRET) || text.includes(encoded)) throw new Error(`${path} told the secret`);
      }),
      {
        seed: Number(process.env.KRATE_FUZZ_SEED ?? 20261120),
        numRuns: 1500,
        interruptAfterTimeLimit: 10_000,
        endOnFailure: true,
      },
    );
    expect(sent).toBeGreaterThan(20);
  });

  function word(schema: Schema) {
    return arbitraryOf(schema, committed).map(value => (typeof value === 'string' ? value : String(value)));
  }

  /** Nothing is waited for: there would be time for few requests. */
  function quick(body: unknown): unknown {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    return isObject && 'waitSeconds' in body ? { ...body, waitSeconds: 0 } : body;
  }

  function repositoryKind() {
    return facade.plane.controlPlane.kinds.kind('Repository')!;
  }
});
