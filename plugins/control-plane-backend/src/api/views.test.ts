import request from 'supertest';
import { aWidget, widgets } from '../resources/__testUtils__/startService';
import { startApi, TestApi } from './__testUtils__/startApi';

const ONE = '/apis/krate.a5c.ai/v1alpha1/namespaces/team-a/widgets/one';

describe('what is told of objects besides themselves', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startApi({ controllersOf: kind => (kind.kind === 'Widget' ? ['widget'] : []) });
    await test.service.create({ ...widgets, object: aWidget('one') });
  });
  afterEach(() => test.stop());

  const ask = (path: string, method: 'get' | 'post' = 'get') =>
    request(test.app)[method](path).set('authorization', 'Bearer alice');

  it.each([
    { path: `${ONE}/history`, kind: 'ObjectHistory' },
    { path: `${ONE}/relations?depth=2`, kind: 'ObjectRelations' },
    { path: '/api/v1/namespaces/team-a/history', kind: 'ObjectHistory' },
  ])('answers $path', async ({ path, kind }) => {
    const { status, body } = await ask(path);
    expect({ status, kind: body.kind }).toEqual({ status: 200, kind });
  });

  it.each([
    { reason: 'an object that is not there', path: `${ONE}x/history`, method: 'get', code: 404 },
    { reason: 'nothing to write', path: `${ONE}/history`, method: 'post', code: 405 },
    { reason: 'a picture of everything', path: `${ONE}/relations?depth=9`, method: 'get', code: 400 },
    { reason: 'counts of nowhere', path: '/counts', method: 'get', code: 400 },
  ] as const)('refuses $reason', async ({ path, method, code }) => {
    expect((await ask(path, method)).status).toBe(code);
  });

  it('counts every kind, and has no number for what may not be listed', async () => {
    test.deny(({ resource }) => resource === 'secrets');
    const { body } = await ask('/counts?namespace=team-a');
    expect(body.items).toEqual(
      expect.arrayContaining([
        { resource: 'widgets.krate.a5c.ai', count: 1 },
        { resource: 'secrets', count: null },
        { resource: 'namespaces', count: 2 },
      ]),
    );
    expect(test.audited.filter(({ outcome }) => outcome === 'denied')).toEqual([]);
  });

  it('asks strangers to sign in', async () => {
    expect((await request(test.app).get('/counts?namespace=team-a')).status).toBe(401);
  });

  it('says that no controller is installed for a kind: in discovery, in OpenAPI, and to whoever writes or looks at an object', async () => {
    const { body: discovery } = await ask('/apis/krate.a5c.ai/v1alpha1');
    const { body: openApi } = await ask('/openapi/v3/apis/krate.a5c.ai/v1alpha1');
    const told = (kind: string, plural: string) => ({
      discovery: discovery.resources.find(({ name }: { name: string }) => name === plural).krate.controllers,
      explained: openApi.components.schemas[`ai.a5c.krate.v1alpha1.${kind}`].description.includes(
        'No controller is installed',
      ),
    });
    expect(told('Widget', 'widgets')).toEqual({ discovery: ['widget'], explained: false });
    expect(told('Ticket', 'tickets')).toEqual({ discovery: [], explained: true });

    const tickets = '/apis/krate.a5c.ai/v1alpha1/namespaces/team-a/tickets';
    const ticket = {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Ticket',
      metadata: { name: 't' },
      spec: { board: 'b', title: 'do it' },
    };
    const written = await ask(tickets, 'post').send(ticket);
    const warning = /^299 - "no controller is installed for Ticket: /;
    expect(written.status).toBe(201);
    expect(written.headers.warning).toMatch(warning);
    const name = written.body.metadata.name;
    expect((await ask(`${tickets}/${name}`)).headers.warning).toMatch(warning);
    const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    expect((await ask(`${tickets}/${name}`).set('accept', table)).headers.warning).toBeUndefined();
    expect((await ask(ONE)).headers.warning).toBeUndefined();
  });

  it('tells of every kind in the OpenAPI document', async () => {
    const { body } = await ask('/openapi/v3/apis/krate.a5c.ai/v1alpha1');
    const schema = body.components.schemas['ai.a5c.krate.v1alpha1.Widget'];
    expect(schema['x-krate-kind']).toMatchObject({
      plural: 'widgets',
      area: 'workshop',
      controllers: ['widget'],
      columns: [{ name: 'Color' }, { name: 'Size' }, { name: 'Ready' }, { name: 'Age' }],
      selectableFields: ['spec.color'],
    });
    expect(schema.properties.spec.properties.peer['x-krate-ref']).toEqual({ kind: 'Widget' });
  });
});
