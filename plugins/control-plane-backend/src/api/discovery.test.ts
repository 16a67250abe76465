import request from 'supertest';
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
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
const call = (method: Method, path: string) =>
  request(test.app)[method](path).set('Authorization', 'Bearer alice');

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

  it('has an OpenAPI v2 of every kind, in JSON and in protobuf', async () => {
    const { body } = await call('get', '/openapi/v2').expect(200);
    const widget = 'ai.a5c.krate.v1alpha1.Widget';
    expect(body.definitions[widget].properties.spec.properties.color).toMatchObject({ type: 'string' });
    const patch = body.paths[`${GROUP}/namespaces/{namespace}/widgets/{name}`].patch;
    expect(patch.consumes).not.toContain('application/strategic-merge-patch+json');
    expect(JSON.stringify(body)).not.toContain('#/components/');
    const proto = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    const answer = await call('get', '/openapi/v2')
      .set('Accept', proto)
      .responseType('blob')
      .expect('Content-Type', /v2\.v1\.0\+protobuf/);
    expect(answer.body.toString('latin1')).toContain(widget);
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
