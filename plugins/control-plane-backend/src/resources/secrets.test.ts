import { Secret } from '@krate/plugin-control-plane-common';
import { alice, startService, TestService } from './__testUtils__/startService';

let test: TestService;
beforeEach(async () => {
  test = await startService();
});
afterEach(() => test?.stop());

describe('Secrets', () => {
  const target = { principal: alice, kind: Secret, namespace: 'team-a', name: 'key' };
  const secret = (stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key' },
    stringData,
  });

  it('never gives a value out again, and keeps what is written back blank', async () => {
    const { object: made } = await test.service.create({ ...target, object: secret({ token: 'hunter2' }) });
    expect(made.data).toEqual({ token: '' });
    expect((await test.service.get(target)).json).not.toContain('hunter2');
    const { items } = await test.service.list(target);
    expect(items[0].json).not.toContain(Buffer.from('hunter2').toString('base64'));
    expect(items[0].json).toContain('"token":""');
    const again = await test.service.update({ ...target, object: made });
    expect(again.object.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
    const same = await test.service.patch({
      ...target,
      type: 'merge',
      patch: { data: { token: Buffer.from('hunter2').toString('base64') } },
    });
    expect(same.object.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
    const other = await test.service.patch({
      ...target,
      type: 'merge',
      patch: { stringData: { token: 'other' } },
    });
    expect(other.object.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion);
    expect(JSON.stringify([other, test.audited])).not.toContain('other"');
  });

  it('gives no value back from a dry run either', async () => {
    const applied = JSON.stringify(secret({ token: 'hunter2' }));
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': applied };
    const object = { ...secret({ token: 'hunter2' }), metadata: { name: 'key', annotations } };
    const { object: made } = await test.service.create({ ...target, object, dryRun: true });
    expect(made.data).toEqual({ token: '' });
    expect(JSON.stringify(made)).not.toContain('hunter2');
  });
});
