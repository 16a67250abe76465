import { mockCredentials } from '@backstage/backend-test-utils';
import { TestFacade } from '../__testUtils__/facade';
import { eventually } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

describe('the REST facade', () => {
  let portal: TestFacade;
  beforeAll(async () => {
    portal = await TestFacade.start();
    await portal.organization('acme');
    await portal.organization('globex');
    await portal.member('acme', 'dana', 'developer');
  });
  afterAll(() => portal.stop());

  const admin = () => portal.as('admin');
  const team = (name: string, spec: object = { displayName: name }) => ({
    kind: 'Team',
    metadata: { name },
    spec,
  });

  it.each(['/healthz', '/livez', '/readyz'])('answers %s to anybody', async path => {
    const { status, body } = await portal.as().get(path);
    expect([status, body.ok, body.project]).toEqual([200, true, 'Krate']);
  });

  it('answers nothing else without credentials, in the form of every refusal', async () => {
    for (const path of ['/api/orgs', '/api/orgs/acme/resources', '/api/controller', '/api/openapi.json']) {
      const refused = await portal.as().get(path).set('x-request-id', 'mine-1');
      expect([path, refused.status]).toEqual([path, 401]);
      expect(refused.headers['x-request-id']).toBe('mine-1');
      expect(refused.body).toEqual({
        error: { code: 'UNAUTHORIZED', message: expect.any(String), correlationId: 'mine-1', reasons: [] },
      });
    }
  });

  it('makes an organization with its namespace and binding, and shows it to nobody else', async () => {
    const made = await admin().post('/api/orgs', { slug: 'Initech & Co', displayName: 'Initech' });
    expect([made.status, made.body.organization?.metadata.name]).toEqual([201, 'initech-co']);
    expect(made.body.namespace.metadata.name).toBe('krate-org-initech-co');
    expect(made.body.binding.spec).toMatchObject({ organizationRef: 'initech-co' });
    const again = await admin().post('/api/orgs', { name: 'initech-co' });
    expect([again.status, again.body.error.code]).toEqual([409, 'ALREADY_EXISTS']);

    const seen = await portal.as('dana').get('/api/orgs');
    expect(seen.body.organizations).toEqual([
      { slug: 'acme', displayName: 'The acme', namespace: 'krate-org-acme', role: 'developer' },
    ]);
    const stranger = await portal.as('eve').post('/api/orgs', { slug: 'eve' });
    expect([stranger.status, stranger.body.error.code]).toEqual([403, 'POLICY_DENIED']);
  });

  it('says the same of an organization that is hidden and of one that does not exist', async () => {
    const hidden = await portal.as('dana').get('/api/orgs/globex/resources');
    const absent = await portal.as('dana').get('/api/orgs/nowhere/resources');
    expect([hidden.status, hidden.body.error.code]).toEqual([404, 'ORG_NOT_FOUND']);
    expect(hidden.body.error.message.replace('globex', 'nowhere')).toBe(absent.body.error.message);
  });

  it('applies, reads, lists and deletes objects of any kind', async () => {
    const created = await admin().post('/api/orgs/acme/resources', team('web'));
    expect([created.status, created.body.operation, created.body.created]).toEqual([201, 'created', true]);
    expect(created.body.resource).toMatchObject({
      apiVersion: 'krate.a5c.ai/v1alpha1',
      metadata: { name: 'web', namespace: 'krate-org-acme' },
      spec: { organizationRef: 'acme' },
    });
    const changed = await admin().post('/api/orgs/acme/resources', team('web', { displayName: 'Web' }));
    expect([changed.status, changed.body.operation]).toEqual([200, 'configured']);

    const one = await portal.as('dana').get('/api/orgs/acme/resources/teams/web');
    expect(one.body.spec.displayName).toBe('Web');
    expect(one.body.metadata.managedFields).toBeUndefined();
    await admin().post('/api/orgs/acme/resources', team('api'));
    const page = await admin().get('/api/orgs/acme/resources?kind=Team&limit=1');
    expect(page.body).toMatchObject({ kind: 'Team', total: 2, items: [{ metadata: { name: 'api' } }] });
    const rest = await admin().get(
      `/api/orgs/acme/resources?kind=Team&limit=1&continue=${encodeURIComponent(page.body.continue)}`,
    );
    expect(rest.body.items.map((item: any) => item.metadata.name)).toEqual(['web']);

    const gone = await admin().delete('/api/orgs/acme/resources/Team/api');
    expect([gone.status, gone.body]).toEqual([200, { deleted: true, name: 'api', kind: 'Team' }]);
    expect((await admin().get('/api/orgs/acme/resources/Team/api')).status).toBe(404);
  });

  it.each([
    ['an unknown kind', { ...team('x'), kind: 'Nope' }, 404, 'KIND_NOT_FOUND', 'kind'],
    [
      'a kind of the platform',
      { ...team('x'), kind: 'Organization' },
      422,
      'KIND_NOT_IN_ORGANIZATION',
      'kind',
    ],
    [
      'another organization’s namespace',
      { ...team('x'), metadata: { name: 'x', namespace: 'krate-org-globex' } },
      ...([422, 'ORG_NAMESPACE_MISMATCH', 'metadata.namespace'] as const),
    ],
    ['no name', { ...team('x'), metadata: {} }, 400, 'BAD_REQUEST', 'metadata.name'],
    [
      'a field that the kind does not have',
      team('x', { displayName: 'X', colour: 'red' }),
      400,
      'BAD_REQUEST',
      '',
    ],
    [
      'a value that the kind refuses',
      team('x', { displayName: 7 as never }),
      422,
      'INVALID',
      'spec.displayName',
    ],
  ] as const)('refuses %s, and names the field', async (_reason, object, status, code, field) => {
    const refused = await admin().post('/api/orgs/acme/resources', object);
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    const fields = refused.body.error.reasons.map((each: any) => each.field);
    expect(['', ...fields]).toContain(field);
  });

  it.each([
    ['a parameter twice', 'GET', '/api/orgs/acme/resources?kind=Team&kind=User', 400],
    ['a limit that is none', 'GET', '/api/orgs/acme/resources?limit=many', 400],
    ['a name that is none', 'GET', '/api/orgs/acme/resources/Team/No%20Name', 400],
    ['a path that is not validly encoded', 'GET', '/api/orgs/acme/resources/Team/%zz', 400],
    ['an organization that cannot be one', 'GET', '/api/orgs/ACME!/resources', 400],
    ['a path that does not exist', 'GET', '/api/orgs/acme/nothing/here', 404],
    ['another method', 'PUT', '/api/orgs/acme/resources', 405],
  ])('refuses %s', async (_reason, method, path, status) => {
    const refused = await admin().send(method, path);
    expect([refused.status, typeof refused.body.error.correlationId]).toEqual([status, 'string']);
  });

  it('refuses bodies that are no JSON, of another type, or too large', async () => {
    const post = (type: string, text: string) =>
      admin().post('/api/orgs/acme/resources').set('Content-Type', type).send(text);
    expect((await post('application/json', '{')).status).toBe(400);
    expect((await post('text/plain', 'hello')).status).toBe(415);
    expect(
      (await post('application/yaml', 'kind: Team\nmetadata: { name: yaml }\nspec: { displayName: Y }'))
        .status,
    ).toBe(201);
    expect((await post('application/json', JSON.stringify({ a: 'x'.repeat(1_600_000) }))).status).toBe(413);
  });

  it('acts with the rights of the caller', async () => {
    const refused = await portal.as('dana').post('/api/orgs/acme/resources', team('mine'));
    expect([refused.status, refused.body.error.code]).toEqual([403, 'POLICY_DENIED']);
    const audit = await admin().get('/api/orgs/acme/audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({ principal: 'dana', outcome: 'denied' });
    expect((await portal.as('dana').get('/api/orgs/acme/audit')).status).toBe(403);
  });

  it('serves its own description', async () => {
    const { body } = await admin().get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/api/orgs/{org}/resources/{kind}/{name}');
    expect(body.components.schemas.Organization.properties.spec.properties.displayName.type).toBe('string');
  });

  it('exports an organization without secrets, and imports it elsewhere', async () => {
    const value = 'do-not-show-me';
    await admin().post('/api/orgs/acme/resources', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'hidden' },
      stringData: { value },
    });
    const { body: snapshot, text } = await admin().get('/api/orgs/acme/snapshot');
    expect(snapshot.kind).toBe('KrateRuntimeSnapshot');
    expect(snapshot.excluded.map((each: any) => each.kind)).toContain('Secret');
    for (const encoded of [value, Buffer.from(value).toString('base64')]) expect(text).not.toContain(encoded);

    await admin().post('/api/orgs', { slug: 'copy' });
    const trial = await admin().post('/api/orgs/copy/snapshot?dryRun=true', snapshot);
    expect([trial.status, trial.body.dryRun]).toEqual([200, true]);
    expect((await admin().get('/api/orgs/copy/resources/Team/web')).status).toBe(404);
    const done = await admin().post('/api/orgs/copy/snapshot', snapshot);
    expect([done.status, done.body.dryRun]).toEqual([200, false]);
    const copied = await admin().get('/api/orgs/copy/resources/Team/web');
    expect(copied.body.spec).toMatchObject({ organizationRef: 'copy', displayName: 'Web' });

    const broken = { resources: [team('good'), team('bad', { displayName: 7 as never })] };
    const refused = await admin().post('/api/orgs/copy/snapshot', broken);
    expect([refused.status, refused.body.error.reasons[0].field]).toEqual([422, 'resources.1']);
    expect((await admin().get('/api/orgs/copy/resources/Team/good')).status).toBe(404);
  });

  describe('the stream of events', () => {
    const open = async (query = '', lastEventId?: string) => {
      const gone = new AbortController();
      const response = await fetch(`${portal.plane.url}/api/orgs/acme/events/stream${query}`, {
        signal: gone.signal,
        headers: {
          Authorization: mockCredentials.user.header('user:default/dana'),
          ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}),
        },
      });
      const events: { id: string; type: string; payload: any }[] = [];
      const reading = (async () => {
        let text = '';
        for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
          text += Buffer.from(chunk).toString();
          const parts = text.split('\n\n');
          text = parts.pop()!;
          for (const part of parts) {
            const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(part)!;
            events.push({ id, ...JSON.parse(data) });
          }
        }
      })().catch(() => {});
      const until = (what: string, check: (names: string[]) => boolean) =>
        eventually(() => {
          if (!check(events.map(({ payload }) => payload.name)))
            throw new Error(`${what}: ${JSON.stringify(events)}`);
        });
      return {
        ...{ response, events, until },
        close: async () => {
          gone.abort();
          await reading;
        },
      };
    };

    it('tells of changes, and goes on where a client left off', async () => {
      const first = await open('?kinds=Team,User');
      expect(first.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      await eventually(() => expect(first.events).not.toEqual([]));
      expect(first.events[0].type).toBe('connected');
      await admin().post('/api/orgs/acme/resources', team('seen'));
      await admin().post('/api/orgs/globex/resources', team('theirs'));
      await first.until('no event', names => names.includes('seen'));
      const { id, type, payload } = first.events.find(event => event.payload.name === 'seen')!;
      expect([type, payload.kind, payload.operation]).toEqual(['resource-change', 'Team', 'apply']);
      await first.close();

      await admin().post('/api/orgs/acme/resources', team('missed'));
      await admin().delete('/api/orgs/acme/resources/Team/seen');
      const second = await open('?kinds=Team,User', id);
      await second.until('not resumed', names => names.includes('missed') && names.includes('seen'));
      expect(second.events.some(event => event.payload.operation === 'delete')).toBe(true);
      expect([...first.events, ...second.events].map(event => event.payload.name)).not.toContain('theirs');
      await second.close();
    });

    it('is refused for kinds that the caller may not watch, and for positions nobody gave out', async () => {
      expect((await portal.as('dana').get('/api/orgs/acme/events/stream?kinds=Secret')).status).toBe(403);
      const ahead = portal.as('dana').get('/api/orgs/acme/events/stream').set('Last-Event-ID', '99999999');
      expect((await ahead).status).toBe(400);
      expect((await portal.as('dana').get('/api/orgs/globex/events/stream')).status).toBe(404);
    });
  });

  it('says in one answer what a screen begins with', async () => {
    const { body } = await portal.as('dana').get('/api/controller?org=acme');
    expect(body).toMatchObject({
      org: { slug: 'acme', role: 'developer' },
      status: 'ok',
      namespace: 'krate-org-acme',
    });
    expect(body.resources).toContainEqual(expect.objectContaining({ kind: 'Team', area: 'control-plane' }));
    expect(body.resources.map((each: any) => each.kind)).not.toContain('Secret');
    const several = await admin().get('/api/controller');
    expect(several.body.org).toBeUndefined();
    expect(several.body.orgs.length).toBeGreaterThan(1);
    expect((await portal.as('dana').get('/api/controller?org=globex')).status).toBe(404);
  });
});
