import { createServer, IncomingMessage, request as send } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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
      code: 422,
      says: 'dryRun',
    },
    {
      reason: 'an unknown fieldValidation',
      method: 'post',
      path: '?fieldValidation=Lax',
      type: 'application/json',
      body: JSON.stringify(aWidget('x')),
      code: 422,
      says: 'fieldValidation',
    },
    {
      reason: 'an endless manager',
      method: 'post',
      path: `?fieldManager=${'x'.repeat(200)}`,
      type: 'application/json',
      body: JSON.stringify(aWidget('x')),
      code: 422,
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
      code: 422,
      says: 'propagationPolicy',
    },
  ] as const)('refuses $reason', async ({ method, path, type, body, code, says }) => {
    await create('one');
    const answer = await call(method, `${WIDGETS}${path}`).set('Content-Type', type).send(body).expect(code);
    expect(answer.body).toMatchObject({ kind: 'Status', code, message: expect.stringContaining(says) });
  });

  it.each([
    {
      level: 'Strict',
      code: 400,
      warning: undefined,
      says: 'strict decoding error: duplicate field \\"spec.color\\"',
    },
    {
      level: 'Warn',
      code: 200,
      warning: '299 - "duplicate field \\"spec.color\\""',
      says: '"color":"green"',
    },
    { level: 'Ignore', code: 200, warning: undefined, says: '"color":"green"' },
  ])('tells of fields given twice under fieldValidation=$level', async ({ level, code, warning, says }) => {
    await call('post', WIDGETS).send(aWidget('twice')).expect(201);
    const patch = '{"spec":{"color":"blue","color":"green"}}';
    const { body, headers } = await call('patch', `${WIDGETS}/twice?fieldValidation=${level}`)
      .set('Content-Type', 'application/merge-patch+json')
      .send(patch)
      .expect(code);
    expect(headers.warning).toBe(warning);
    expect(JSON.stringify(body)).toContain(says);
    const twice = JSON.stringify(aWidget('two')).replace('"color":', '"color":"a","color":');
    await call('post', `${WIDGETS}?fieldValidation=${level}`)
      .set('Content-Type', 'application/json')
      .send(twice)
      .expect(code === 400 ? 400 : 201);
  });

  it.each([
    { reason: 'it knows their length', chunked: false },
    { reason: 'it learns it on the way', chunked: true },
  ])('refuses bodies over 1.5 MB when $reason', async ({ chunked }) => {
    const body = JSON.stringify(aWidget('big', { settings: { a: 'x'.repeat(1_600_000) } }));
    const server = createServer(test.app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = chunked ? {} : { 'Content-Length': Buffer.byteLength(body) };
      const headers = { Authorization: 'Bearer alice', 'Content-Type': 'application/json', ...length };
      const { port } = server.address() as AddressInfo;
      const sending = send({ port, host: '127.0.0.1', method: 'POST', path: WIDGETS, headers }, resolve);
      sending.once('error', reject).write(body);
      sending.end();
    });
    expect(answer.statusCode).toBe(413);
    expect(JSON.parse(await text(answer))).toMatchObject({ kind: 'Status', reason: 'RequestEntityTooLarge' });
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
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
