import { Secret } from '@krate/plugin-control-plane-common';
import {
  aWidget,
  alice,
  one,
  startService,
  system,
  TestService,
  widgets,
} from './__testUtils__/startService';
import { refusalOf } from './__testUtils__/refusalOf';

describe('history', () => {
  let test: TestService;
  beforeEach(async () => {
    test = await startService();
    await test.service.create({ ...widgets, object: aWidget('one') });
  });
  afterEach(() => test.stop());

  const paint = (color: string, principal = alice) =>
    test.service.patch({ ...one, principal, type: 'merge', patch: { spec: { color } } });
  const colors = async () =>
    (await test.service.history(one)).map(({ object }) => (object.spec as { color: string }).color);

  it('begins with the object as it was made', async () => {
    const [beginning, ...more] = await test.service.history(one);
    expect(more).toEqual([]);
    expect(beginning).toMatchObject({ action: 'create', object: { spec: { color: 'red' } } });
  });

  it('has every change, newest first, with who made it', async () => {
    await paint('green');
    await paint('blue', system);
    const revisions = await test.service.history(one);
    expect(await colors()).toEqual(['blue', 'green', 'red']);
    expect(revisions.map(({ principal, action }) => [principal, action])).toEqual([
      ['system:krate:test', 'patch'],
      ['alice', 'patch'],
      [undefined, 'create'],
    ]);
    expect(revisions[0].object.metadata.managedFields).toBeUndefined();
  });

  it('leaves out what is no change: a status, a repetition', async () => {
    const status = { status: { phase: 'Busy' } };
    await test.service.patch({ ...one, subresource: 'status', type: 'merge', patch: status });
    await paint('red');
    expect(await colors()).toEqual(['red']);
  });

  it('keeps the newest fifty states', async () => {
    for (let i = 0; i < 55; i += 1) await paint(`color-${i}`);
    const kept = await colors();
    expect(kept).toHaveLength(50);
    expect(kept[0]).toBe('color-54');
  });

  it('is forgotten with the object', async () => {
    await paint('green');
    await test.service.delete(one);
    expect((await refusalOf(test.service.history(one))).reason).toBe('NotFound');
    await test.service.create({ ...widgets, object: aWidget('one', { color: 'grey' }) });
    expect(await colors()).toEqual(['grey']);
  });

  it('is for whoever may get the object', async () => {
    test.deny(({ verb }) => verb === 'get');
    expect((await refusalOf(test.service.history(one))).reason).toBe('Forbidden');
  });

  it('tells that the value of a Secret was replaced, and no value', async () => {
    const secrets = { principal: alice, kind: Secret, namespace: 'team-a' };
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key' },
      stringData: { token: 'first' },
    };
    await test.service.create({ ...secrets, object });
    const patch = { stringData: { token: 'second' } };
    await test.service.patch({ ...secrets, name: 'key', type: 'merge', patch });
    const revisions = await test.service.history({ ...secrets, name: 'key' });
    expect(revisions).toHaveLength(2);
    expect(revisions[0].object.data).toEqual({ token: '' });
    expect(JSON.stringify(revisions)).not.toMatch(/first|second|Zmlyc3Q|c2Vjb25k/);
  });
});
