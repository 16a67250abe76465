import request from 'supertest';
import { parse } from 'yaml';
import { aWidget } from '../resources/__testUtils__/startService';
import { startApi, TestApi } from './__testUtils__/startApi';

jest.setTimeout(30_000);

let test: TestApi;
beforeEach(async () => {
  test = await startApi({ readiness: { store: () => void 0 } });
});
afterEach(async () => {
  test.api.closeWatches();
  await test.stop();
});

const GROUP = '/apis/krate.a5c.ai/v1alpha1';
const WIDGETS = `${GROUP}/namespaces/team-a/widgets`;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
const call = (method: Method, path: string) =>
  request(test.app)[method](path).set('Authorization', 'Bearer alice');
const create = (name: string, spec = {}, metadata = {}) =>
  call('post', WIDGETS)
    .send(aWidget(name, spec, metadata))
    .expect(201);
const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

describe('paths', () => {
  it.each([
    { method: 'get', path: '/nothing', code: 404 },
    { method: 'get', path: '/', code: 404 },
    { method: 'get', path: `${GROUP}/gizmos`, code: 404 },
    { method: 'get', path: '/apis/krate.a5c.ai/v9/widgets', code: 404 },
    { method: 'get', path: '/apis/other.io/v1', code: 404 },
    { method: 'get', path: `${GROUP}/widgets/one`, code: 404 },
    { method: 'get', path: `${WIDGETS}/one/scale`, code: 404 },
    { method: 'get', path: '/api/v1/namespaces/team-a/secrets/x/status', code: 404 },
    { method: 'get', path: `${WIDGETS}/one/status/more`, code: 404 },
    { method: 'put', path: WIDGETS, code: 405 },
    { method: 'post', path: `${WIDGETS}/one`, code: 405 },
    { method: 'delete', path: `${WIDGETS}/one/status`, code: 405 },
    { method: 'post', path: `${GROUP}/widgets`, code: 405 },
    { method: 'get', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', code: 405 },
    { method: 'get', path: '/api/v1/%ZZ', code: 400 },
  ] as const)('$method $path is a Status $code', async ({ method, path, code }) => {
    const { body } = await call(method, path)
      .expect(code)
      .expect('Content-Type', /^application\/json/);
    expect(body).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      message: expect.any(String),
    });
  });

  it('serves the same below any mount', async () => {
    await create('one');
    await call('get', `/mounted${WIDGETS}/one`).expect(200);
    await call('get', `/mounted${WIDGETS}/one/`).expect(200);
  });
});

describe('signing in', () => {
  it.each(['/version', '/healthz', '/livez', '/readyz'])('%s needs none', path =>
    request(test.app).get(path).expect(200),
  );

  it.each(['/api', '/apis', '/openapi/v3', GROUP, '/nothing'])(
    '%s is for those who are somebody',
    async path => {
      const { body } = await request(test.app)
        .get(path)
        .expect(401)
        .expect('WWW-Authenticate', /Bearer/);
      expect(body).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
    },
  );

  it('refuses bad credentials everywhere', async () => {
    await request(test.app).get(WIDGETS).set('Authorization', 'Bearer bad').expect(401);
  });

  it('lets strangers read what the authorizer gives them', async () => {
    await create('one');
    await request(test.app).get(`${WIDGETS}/one`).expect(200);
    test.deny(() => true);
    await request(test.app).get(`${WIDGETS}/one`).expect(401);
    await call('get', `${WIDGETS}/one`).expect(403);
  });
});

describe('health', () => {
  it('is not ready while a part fails, but alive', async () => {
    const broken = await startApi({
      readiness: {
        store: () => {
          throw new Error('the disk is full');
        },
      },
    });
    const { text } = await request(broken.app).get('/readyz').expect(500);
    expect(text).toBe('[-]store failed\nreadyz check failed\n');
    await request(broken.app).get('/livez').expect(200, 'ok');
    await broken.stop();
  });
});

describe('discovery', () => {
  const AGGREGATED =
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

  it('is aggregated for those who ask', async () => {
    const { body } = await call('get', '/apis')
      .set('Accept', AGGREGATED)
      .expect('Content-Type', 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
    expect(body).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' });
    const krate = body.items.find((item: any) => item.metadata.name === 'krate.a5c.ai');
    expect(krate.versions[0].resources).toContainEqual({
      resource: 'widgets',
      responseKind: { group: 'krate.a5c.ai', version: 'v1alpha1', kind: 'Widget' },
      scope: 'Namespaced',
      singularResource: 'widget',
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['wd'],
      categories: ['all'],
      subresources: [expect.objectContaining({ subresource: 'status', verbs: ['get', 'patch', 'update'] })],
    });
    const core = await call('get', '/api').set('Accept', AGGREGATED);
    expect(core.body.items.map((item: any) => item.metadata.name)).toEqual(['']);
  });

  it('is plain for everybody else', async () => {
    const groups = await call('get', '/apis').expect(200);
    expect(groups.body.groups.map(({ name }: any) => name)).toEqual([
      'krate.a5c.ai',
      'authentication.k8s.io',
      'authorization.k8s.io',
    ]);
    expect((await call('get', '/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    expect((await call('get', '/apis/krate.a5c.ai')).body).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { version: 'v1alpha1' },
    });
    const { body } = await call('get', GROUP);
    const names = body.resources.map(({ name }: any) => name);
    expect(names).toEqual(expect.arrayContaining(['widgets', 'widgets/status', 'tickets', 'tickets/status']));
    const core = await call('get', '/api/v1');
    expect(core.body.resources).toContainEqual(
      expect.objectContaining({ name: 'namespaces', namespaced: false }),
    );
    expect(core.body.resources.map(({ name }: any) => name)).not.toContain('secrets/status');
  });

  it('addresses OpenAPI documents by their hash', async () => {
    const { body } = await call('get', '/openapi/v3').expect(200);
    const path = body.paths['apis/krate.a5c.ai/v1alpha1'].serverRelativeURL;
    expect(path).toMatch(/^\/openapi\/v3\/apis\/krate\.a5c\.ai\/v1alpha1\?hash=[0-9A-F]{32}$/);
    const document = await call('get', path)
      .expect(200)
      .expect('Cache-Control', /immutable/);
    expect(document.body.paths[`${GROUP}/namespaces/{namespace}/widgets/{name}`].patch).toBeDefined();
    await call('get', `/mounted${path.split('?')[0]}?hash=OLD`)
      .expect(301)
      .expect('Location', `/mounted${path}`);
    expect(body.paths).toHaveProperty('api/v1');
  });
});

describe('representations', () => {
  beforeEach(() => create('one', {}, { labels: { a: 'b' } }));

  it('answers tables to those who ask', async () => {
    const { body } = await call('get', WIDGETS).set('Accept', AS_TABLE);
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: expect.any(String) },
    });
    expect(body.columnDefinitions.map(({ name }: any) => name)).toEqual([
      'Name',
      'Color',
      'Size',
      'Ready',
      'Age',
    ]);
    expect(body.rows[0]).toMatchObject({
      cells: ['one', 'red', 3, null, expect.any(String)],
      object: { kind: 'PartialObjectMetadata' },
    });
    const whole = await call('get', `${WIDGETS}/one?includeObject=Object`).set('Accept', AS_TABLE);
    expect(whole.body.rows[0].object.spec.color).toBe('red');
    const none = await call('get', `${WIDGETS}?includeObject=None`).set(
      'Accept',
      AS_TABLE.replace('v=v1;', 'v=v1beta1;'),
    );
    expect(none.body).toMatchObject({ apiVersion: 'meta.k8s.io/v1beta1' });
    expect(none.body.rows[0].object).toBeUndefined();
  });

  it('answers metadata alone, YAML, and JSON to everything else', async () => {
    const partial = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const { body } = await call('get', WIDGETS).set('Accept', partial);
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'one' } }],
    });
    expect(body.items[0].spec).toBeUndefined();
    const yaml = await call('get', `${WIDGETS}/one`)
      .set('Accept', 'application/yaml')
      .expect('Content-Type', /yaml/);
    expect(parse(yaml.text).spec.color).toBe('red');
    await call('get', `${WIDGETS}/one`).set('Accept', 'application/vnd.kubernetes.protobuf,*/*').expect(200);
    await call('get', `${WIDGETS}/one`).set('Accept', 'application/vnd.kubernetes.protobuf').expect(406);
  });

  it('selects', async () => {
    await create('two', { color: 'blue' });
    const names = async (query: string) =>
      (await call('get', `${WIDGETS}?${query}`).expect(200)).body.items.map(
        (item: any) => item.metadata.name,
      );
    expect(await names('labelSelector=a%20in%20(b,c)')).toEqual(['one']);
    expect(await names('fieldSelector=spec.color%3Dblue')).toEqual(['two']);
    expect(await names('fieldSelector=metadata.name!%3Done')).toEqual(['two']);
    await call('get', `${WIDGETS}?fieldSelector=spec.size%3D3`).expect(400);
    await call('get', `${WIDGETS}?limit=abc`).expect(400);
    await call('get', `${WIDGETS}?watch=perhaps`).expect(400);
  });

  it('compresses long lists for those who accept it', async () => {
    const settings = { text: 'lorem '.repeat(500) };
    await Promise.all(Array.from({ length: 150 }, (_, n) => create(`many-${n}`, { settings })));
    const packed = await call('get', WIDGETS)
      .set('Accept-Encoding', 'gzip')
      .expect('Content-Encoding', 'gzip');
    const plain = await call('get', WIDGETS).set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.body).toEqual(plain.body);
    expect(plain.body.items).toHaveLength(151);
    await call('get', WIDGETS).set('Accept', AS_TABLE).set('Accept-Encoding', 'gzip').expect(200);
    await call('get', `${WIDGETS}/one`)
      .set('Accept-Encoding', 'gzip')
      .expect(({ headers }) => expect(headers['content-encoding']).toBeUndefined());
  });
});

describe('writes', () => {
  it('answers 201 to what is created and 200 to what is changed, and warns in headers', async () => {
    const warned = await create('one', { colour: 'x' });
    expect(warned.headers.warning).toBe('299 - "unknown field \\"spec.colour\\""');
    await call('put', `${WIDGETS}/one`)
      .send(aWidget('one', { size: 4 }))
      .expect(200);
    const { body } = await call('post', `${WIDGETS}?fieldValidation=Strict`)
      .send(aWidget('two', { colour: 'x' }))
      .expect(400);
    expect(body.message).toContain('strict decoding error: unknown field "spec.colour"');
    const apply = () =>
      call('patch', `${WIDGETS}/three?fieldManager=m`)
        .set('Content-Type', 'application/apply-patch+yaml')
        .send(JSON.stringify(aWidget('three')));
    await apply().expect(201);
    await apply().expect(200);
  });

  it('reads YAML', async () => {
    const yaml =
      'apiVersion: krate.a5c.ai/v1alpha1\nkind: Widget\nmetadata: {name: one}\nspec: {color: no}\n';
    const { body } = await call('post', WIDGETS)
      .set('Content-Type', 'application/yaml')
      .send(yaml)
      .expect(201);
    expect(body.spec.color).toBe('no');
  });

  it.each([
    {
      reason: 'a strategic merge patch',
      method: 'patch',
      path: '/one',
      type: 'application/strategic-merge-patch+json',
      body: '{}',
      code: 415,
      says: 'accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    },
    {
      reason: 'an apply without manager',
      method: 'patch',
      path: '/one',
      type: 'application/apply-patch+yaml',
      body: JSON.stringify(aWidget('one')),
      code: 422,
      says: 'fieldManager: Required value',
    },
    {
      reason: 'force on another patch',
      method: 'patch',
      path: '/one?force=true',
      type: 'application/merge-patch+json',
      body: '{}',
      code: 422,
      says: 'force: Forbidden',
    },
    {
      reason: 'a body of another type',
      method: 'post',
      path: '',
      type: 'text/plain',
      body: 'x',
      code: 415,
      says: 'text/plain',
    },
    {
      reason: 'a body that is no JSON',
      method: 'post',
      path: '',
      type: 'application/json',
      body: '{',
      code: 400,
      says: 'JSON',
    },
    {
      reason: 'no body',
      method: 'post',
      path: '',
      type: 'application/json',
      body: '',
      code: 400,
      says: 'JSON',
    },
    {
      reason: 'an unknown dryRun',
      method: 'post',
      path: '?dryRun=Some',
      type: 'application/json',
      body: JSON.stringify(aWidget('x')),
      code: 400,
      says: 'dryRun',
    },
    {
      reason: 'an unknown fieldValidation',
      method: 'post',
      path: '?fieldValidation=Lax',
      type: 'application/json',
      body: JSON.stringify(aWidget('x')),
      code: 400,
      says: 'fieldValidation',
    },
    {
      reason: 'an endless manager',
      method: 'post',
      path: `?fieldManager=${'x'.repeat(200)}`,
      type: 'application/json',
      body: JSON.stringify(aWidget('x')),
      code: 400,
      says: 'fieldManager',
    },
    {
      reason: 'a name that is taken',
      method: 'post',
      path: '',
      type: 'application/json',
      body: JSON.stringify(aWidget('one')),
      code: 409,
      says: 'already exists',
    },
    {
      reason: 'an unknown deletion policy',
      method: 'delete',
      path: '/one',
      type: 'application/json',
      body: '{"propagationPolicy":"Sometimes"}',
      code: 400,
      says: 'propagationPolicy',
    },
  ] as const)('refuses $reason', async ({ method, path, type, body, code, says }) => {
    await create('one');
    const answer = await call(method, `${WIDGETS}${path}`).set('Content-Type', type).send(body).expect(code);
    expect(answer.body).toMatchObject({ kind: 'Status', code, message: expect.stringContaining(says) });
  });

  it('refuses bodies over 1.5 MB, whether it knows their length or not', async () => {
    const body = JSON.stringify(aWidget('big', { settings: { a: 'x'.repeat(1_600_000) } }));
    const known = await call('post', WIDGETS).set('Content-Type', 'application/json').send(body).expect(413);
    expect(known.body).toMatchObject({ kind: 'Status', reason: 'RequestEntityTooLarge' });
  });

  it('deletes: a Status when gone, the object while it is held', async () => {
    const { body: made } = await create('one');
    const { body } = await call('delete', `${WIDGETS}/one`)
      .send({ propagationPolicy: 'Background' })
      .expect(200);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'one', group: 'krate.a5c.ai', kind: 'widgets', uid: made.metadata.uid },
    });
    await create('two', {}, { finalizers: ['krate.a5c.ai/hold'] });
    const held = await call('delete', `${WIDGETS}/two`).expect(200);
    expect(held.body).toMatchObject({ kind: 'Widget', metadata: { deletionTimestamp: expect.any(String) } });
    await create('three');
    const all = await call('delete', `${WIDGETS}?fieldSelector=metadata.name%3Dthree`).expect(200);
    expect(all.body).toMatchObject({ kind: 'WidgetList', items: [{ metadata: { name: 'three' } }] });
  });

  it('reads and writes status by its own path', async () => {
    await create('one');
    const { body } = await call('patch', `${WIDGETS}/one/status`)
      .set('Content-Type', 'application/merge-patch+json')
      .send('{"status":{"phase":"Busy"},"spec":{"size":9}}')
      .expect(200);
    expect(body).toMatchObject({ spec: { size: 3 }, status: { phase: 'Busy' } });
    expect((await call('get', `${WIDGETS}/one/status`)).body.status).toEqual({ phase: 'Busy' });
  });

  it('names the manager after the program when nobody says', async () => {
    const { body } = await call('post', WIDGETS)
      .set('User-Agent', 'painter/1.0 (linux)')
      .send(aWidget('one'));
    expect(body.metadata.managedFields[0].manager).toBe('painter');
  });

  it('keeps the details of its own failures to itself', async () => {
    jest.spyOn(test.store, 'get').mockRejectedValue(new Error('secret path /data'));
    const { body } = await call('get', `${WIDGETS}/one`).expect(500);
    expect(JSON.stringify(body)).not.toContain('/data');
    expect(body).toMatchObject({ kind: 'Status', reason: 'InternalError' });
  });
});

describe('reviews of oneself', () => {
  const review = (group: string, plural: string, body: object) =>
    call('post', `/apis/${group}/v1/${plural}`).send(body).expect(201);

  it('answers as the authorizer would decide', async () => {
    test.deny(({ verb }) => verb === 'delete');
    const ask = async (resourceAttributes: object) =>
      (await review('authorization.k8s.io', 'selfsubjectaccessreviews', { spec: { resourceAttributes } }))
        .body.status;
    const on = { group: 'krate.a5c.ai', resource: 'widgets', namespace: 'team-a' };
    expect(await ask({ ...on, verb: 'get' })).toEqual({ allowed: true });
    expect(await ask({ ...on, verb: 'delete' })).toEqual({ allowed: false, reason: 'the test says no' });
    const { body } = await review('authorization.k8s.io', 'selfsubjectrulesreviews', {
      spec: { namespace: 'team-a' },
    });
    const rule = body.status.resourceRules.find(({ resources }: any) => resources.includes('widgets'));
    expect(rule).toMatchObject({
      apiGroups: ['krate.a5c.ai'],
      verbs: expect.not.arrayContaining(['delete']),
    });
    const whoami = await review('authentication.k8s.io', 'selfsubjectreviews', {});
    expect(whoami.body.status.userInfo).toMatchObject({
      username: 'alice',
      groups: ['system:authenticated'],
    });
  });
});
