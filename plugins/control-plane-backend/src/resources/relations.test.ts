import { aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';
import { refusalOf } from './__testUtils__/refusalOf';

describe('relations', () => {
  let test: TestService;
  beforeEach(async () => {
    test = await startService();
  });
  afterEach(() => test.stop());

  const make = (name: string, spec: object = {}, metadata: object = {}) =>
    test.service.create({ ...widgets, object: aWidget(name, spec, metadata) });
  const edges = async (depth = 1) =>
    (await test.service.relations({ ...one, depth })).edges.map(
      ({ from, to, type, path }) => `${from.split('/')[2]} ${path ?? type} ${to.split('/')[2]}`,
    );

  it('has what the object refers to and who refers to it', async () => {
    await make('two');
    await make('one', { peer: 'two' });
    await make('three', { peer: 'one' });
    expect(await edges()).toEqual(['one spec.peer two', 'three spec.peer one']);
  });

  it('has owners and what is owned', async () => {
    const { object } = await make('owner');
    const ownerOf = ({ metadata }: typeof object) => [
      { apiVersion: object.apiVersion, kind: 'Widget', name: metadata.name, uid: metadata.uid },
    ];
    const made = await make('one', {}, { ownerReferences: ownerOf(object) });
    await make('child', {}, { ownerReferences: ownerOf(made.object) });
    expect(await edges()).toEqual(['one owner owner', 'child owner one']);
  });

  it('goes one step, or two', async () => {
    await make('three');
    await make('two', { peer: 'three' });
    await make('one', { peer: 'two' });
    expect(await edges(1)).toEqual(['one spec.peer two']);
    expect(await edges(2)).toEqual(['one spec.peer two', 'two spec.peer three']);
  });

  it('shows a missing target by its name alone, and one that may not be seen just so', async () => {
    await make('two');
    await make('one', { peer: 'two' });
    await test.service.delete({ ...one, name: 'two' });
    const missing = (await test.service.relations(one)).nodes[1];
    expect(missing).toMatchObject({ name: 'two', kind: 'Widget' });
    expect(missing.uid).toBeUndefined();

    await make('two');
    test.deny(({ verb, name }) => verb === 'list' || name === 'two');
    expect((await test.service.relations(one)).nodes[1]).toEqual(missing);
    expect(test.audited.filter(({ outcome }) => outcome === 'denied')).toEqual([]);
  });

  it('tells when there are more than it shows', async () => {
    await make('one');
    for (let i = 0; i < 20; i += 1) await make(`w${i}`, { peer: 'one' });
    const found = await test.service.relations(one);
    expect(found.nodes).toHaveLength(13);
    expect(found.truncated).toBe(true);
  });

  it('is for whoever may get the object', async () => {
    await make('one');
    test.deny(({ verb }) => verb === 'get');
    expect((await refusalOf(test.service.relations(one))).reason).toBe('Forbidden');
  });
});
