import { NotificationService, notificationService } from '@backstage/plugin-notifications-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

describe('asking for a permission', () => {
  let plane: TestPlane;
  let acme: string;
  const send = jest.fn<Promise<void>, Parameters<NotificationService['send']>>(async () => {});
  beforeAll(async () => {
    const recorder = createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send }),
    });
    plane = await TestPlane.start({ features: [recorder] });
    acme = await plane.organization('acme');
    await plane.organization('globex');
    await plane.member(acme, 'ada', 'admin');
    await plane.member(acme, 'dev', 'developer');
  });
  afterAll(() => plane?.stop());
  beforeEach(() => send.mockClear());

  const ask = (who: string | undefined, more: object = {}) =>
    plane
      .http(who)
      .post('/api/krate/access-requests')
      .send({
        ...{ verb: 'create', group: 'krate.a5c.ai', resource: 'teams', namespace: acme },
        permission: 'make teams',
        ...more,
      });

  it('tells the admins of the organization, once in a while', async () => {
    const first = await ask('dev', { note: 'For the release' });
    expect([first.status, first.body]).toEqual([202, { admins: ['ada', 'admin'], told: true }]);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: ['user:default/ada', 'user:default/admin'] },
      payload: expect.objectContaining({
        title: 'dev asks to make teams',
        description: 'For the release',
        link: '/orgs/acme/manage/access/members/dev',
        topic: 'access',
      }),
    });
    expect((await ask('dev', { note: 'For the release' })).body.told).toBe(false);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each([
    { reason: 'somebody who may already', who: 'ada', more: {}, status: 409 },
    { reason: 'a stranger', who: 'eve', more: {}, status: 404 },
    {
      reason: 'a member of another organization',
      who: 'dev',
      more: { namespace: 'krate-org-globex' },
      status: 404,
    },
    { reason: 'a member, of the platform', who: 'dev', more: { namespace: 'krate-system' }, status: 404 },
    { reason: 'nobody', who: undefined, more: {}, status: 401 },
    { reason: 'words without an end', who: 'dev', more: { note: 'x'.repeat(501) }, status: 400 },
  ])('takes nothing from $reason', async ({ who, more, status }) => {
    expect((await ask(who, more)).status).toBe(status);
    expect(send).not.toHaveBeenCalled();
  });
});
