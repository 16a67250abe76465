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
    expect(none.body.rows[0].object).toBeNull();
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
    const odd = await call('get', `${WIDGETS}?watch=perhaps`).expect(400);
    expect(odd.body.message).toBe('watch: Invalid value: "perhaps": must be true or false');
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
