import { ApiError, JsonObject } from '@krate/resource-model';
import { refusalOf } from './__testUtils__/refusalOf';
import { aWidget, one, startService, TestService, widgets } from './__testUtils__/startService';
import { WireObject } from './WireObject';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

async function createOne(spec: object = {}, metadata: object = {}): Promise<WireObject> {
  return (await test.service.create({ ...widgets, object: aWidget('one', spec, metadata) })).object;
}

describe('authority', () => {
  it('refuses before it reveals whether anything exists, and records each refusal once', async () => {
    await createOne();
    test.audited.length = 0;
    test.deny(() => true);
    const messages = [];
    for (const name of ['one', 'missing']) {
      const error = await refusalOf(test.service.get({ ...one, name }));
      expect(error.reason).toBe('Forbidden');
      messages.push(error.message.replace(name, 'NAME'));
    }
    expect(new Set(messages)).toEqual(
      new Set([
        'widgets.krate.a5c.ai "NAME" is forbidden: User "alice" cannot get resource "widgets" in API group "krate.a5c.ai" in the namespace "team-a": the test says no',
      ]),
    );
    expect(test.audited.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['get', 'denied'],
      ['get', 'denied'],
    ]);
  });

  it('asks those without credentials to sign in', async () => {
    test.deny(() => true);
    expect(await refusalOf(test.service.get({ ...one, principal: { type: 'anonymous' } }))).toMatchObject({
      reason: 'Unauthorized',
    });
  });

  it('records every mutation once, and what changed nothing not at all', async () => {
    const made = await createOne();
    await test.service.update({ ...one, object: made });
    await test.service.patch({ ...one, type: 'merge', patch: { spec: { size: 4 } } });
    await test.service.update({
      ...one,
      subresource: 'status',
      object: { ...made, metadata: { name: 'one' }, status: { phase: 'Busy' } },
    });
    await test.service.delete(one);
    expect(test.audited.map(({ action, outcome, resource }) => [action, outcome, resource])).toEqual(
      ['create', 'patch', 'update', 'delete'].map(verb => [verb, 'allowed', 'Widget/team-a/one']),
    );
    expect(JSON.stringify(test.audited)).not.toContain('red');
  });

  it('refuses as ever when the audit trail fails', async () => {
    await createOne();
    jest.spyOn(test.audited, 'push').mockImplementation(() => {
      throw new Error('the disk is full');
    });
    test.deny(() => true);
    expect(await refusalOf(test.service.get(one))).toMatchObject({ reason: 'Forbidden' });
  });

  it('records what a rule refuses, and lets rules change the object', async () => {
    test.rule(({ object }) => {
      (object.spec as JsonObject).serial = 'stamped';
    });
    expect((await createOne()).spec).toMatchObject({ serial: 'stamped' });
    test.audited.length = 0;
    test.rule(() => {
      throw new ApiError('Forbidden', 'not today');
    });
    expect(await refusalOf(test.service.delete(one))).toMatchObject({ message: 'not today' });
    expect(test.audited).toEqual([
      expect.objectContaining({ action: 'delete', outcome: 'denied', resource: 'Widget/team-a/one' }),
    ]);
  });

  it('does not ask the rules about status', async () => {
    const made = await createOne();
    test.rule(() => {
      throw new ApiError('Forbidden', 'not today');
    });
    const { object } = await test.service.update({
      ...one,
      subresource: 'status',
      object: { ...made, status: { phase: 'Idle' } },
    });
    expect(object.status).toEqual({ phase: 'Idle' });
  });
});
