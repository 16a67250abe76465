import { aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';

describe('writes that stand together', () => {
  let test: TestService;
  beforeEach(async () => {
    test = await startService();
  });
  afterEach(() => test.stop());
  const namesOf = async () =>
    (await test.service.list(widgets)).items.map(({ object }) => object.metadata.name);
  const createBoth = (dryRun: boolean, second = aWidget('two')) =>
    test.service.together({ dryRun }, async staged => {
      await staged.create({ ...widgets, object: aWidget('one') });
      await staged.update({ ...one, object: aWidget('one', { color: 'blue' }) });
      await staged.create({ ...widgets, object: second });
      return (await staged.list(widgets)).items.length;
    });

  it('see each other, and stand at once', async () => {
    const before = await test.store.revision();
    await expect(createBoth(false)).resolves.toBe(2);
    await expect(namesOf()).resolves.toEqual(['one', 'two']);
    await expect(test.store.revision()).resolves.toBe(before + 2);
  });

  it('are recorded with the version they got, as one change of an object that was there', async () => {
    await test.service.create({ ...widgets, object: aWidget('three') });
    const three = { ...widgets, name: 'three' };
    test.audited.length = 0;
    await test.service.together({ dryRun: false }, async staged => {
      for (const color of ['green', 'blue'])
        await staged.patch({ ...three, type: 'merge', patch: { spec: { color } } });
    });
    const { object } = await test.service.get(three);
    const { resourceVersion } = object.metadata;
    expect(test.audited.map(({ details }) => details?.resourceVersion)).toEqual([
      resourceVersion,
      resourceVersion,
    ]);
    await expect(test.service.history(three)).resolves.toMatchObject([
      { action: 'patch', resourceVersion, object: { spec: { color: 'blue' } } },
      { object: { spec: { color: 'red' } } },
    ]);
  });

  it('are the beginning of an object that they made', async () => {
    await createBoth(false);
    const { object } = await test.service.get(one);
    expect(test.audited.map(({ action }) => action)).toEqual(['create', 'update', 'create']);
    expect(test.audited[1].details).toMatchObject({ resourceVersion: object.metadata.resourceVersion });
    await expect(test.service.history(one)).resolves.toMatchObject([
      { action: 'create', resourceVersion: object.metadata.resourceVersion },
    ]);
  });

  it.each([
    { reason: 'when one of them is refused', dryRun: false, second: aWidget('two', { color: 7 }) },
    { reason: 'in a dry run', dryRun: true, second: aWidget('two') },
  ])('leave nothing behind $reason', async ({ dryRun, second }) => {
    await createBoth(dryRun, second).catch(() => undefined);
    await expect(namesOf()).resolves.toEqual([]);
    expect(test.audited.filter(({ outcome }) => outcome === 'allowed')).toEqual([]);
  });

  it('are done anew when somebody else writes the same object meanwhile', async () => {
    await test.service.create({ ...widgets, object: aWidget('one') });
    let rounds = 0;
    await test.service.together({ dryRun: false }, async staged => {
      rounds += 1;
      await staged.patch({ ...one, type: 'merge', patch: { spec: { color: 'blue' } } });
      const patch = { metadata: { labels: { by: 'another' } } };
      if (rounds === 1) await test.service.patch({ ...one, type: 'merge', patch });
    });
    const { object } = await test.service.get(one);
    expect([rounds, (object.spec as any).color, object.metadata.labels]).toEqual([
      2,
      'blue',
      { by: 'another' },
    ]);
  });
});
