import request from 'supertest';
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
    for (const path of [`/mounted${WIDGETS}/one`, `/mounted${WIDGETS}/one/`]) {
      expect((await call('get', path).expect(200)).body.metadata.name).toBe('one');
    }
  });
});

describe('signing in', () => {
  it.each(['/version', '/healthz', '/livez', '/readyz'])('%s needs none', async path => {
    expect((await request(test.app).get(path)).status).toBe(200);
  });

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
    const { body } = await request(test.app).get(WIDGETS).set('Authorization', 'Bearer bad').expect(401);
    expect(body).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
  });

  it('lets strangers read what the authorizer gives them', async () => {
    await create('one');
    await request(test.app).get(`${WIDGETS}/one`).expect(200);
    test.deny(() => true);
    await request(test.app).get(`${WIDGETS}/one`).expect(401);
    const { body } = await call('get', `${WIDGETS}/one`).expect(403);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'Forbidden',
      details: { kind: 'widgets', name: 'one' },
    });
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
