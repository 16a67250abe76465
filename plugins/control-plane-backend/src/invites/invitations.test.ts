import {
  AgentRoleBinding,
  IdentityMapping,
  Invite,
  PLATFORM_NAMESPACE,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { eventually, manifest, TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

describe('invitations', () => {
  let plane: TestPlane;
  let acme: string;
  let globex: string;
  beforeAll(async () => {
    plane = await TestPlane.start({ config: { auth: { providers: { local: {} } } } });
    acme = await plane.organization('acme');
    globex = await plane.organization('globex');
    await plane.member(acme, 'boss', 'admin');
    await plane.member(acme, 'mia', 'maintainer');
    await plane.member(globex, 'gil', 'admin');
    await plane.client('boss').create(Team, manifest(Team, acme, 'crew', { displayName: 'Crew' }));
  });
  afterAll(() => plane?.stop());

  const invite = (name: string, spec: object = {}, who = 'boss') =>
    plane
      .client(who)
      .create(Invite, manifest(Invite, acme, name, { email: `${name}@acme.example`, ...spec }));
  const post = (path: string, body: object, who?: string) =>
    plane.http(who).post(`/api/krate/invitations/${path}`).send(body);
  const linkOf = async (name: string, who = 'boss') => {
    const answer = await post('link', { organization: 'acme', name }, who);
    expect(answer.status).toBe(201);
    return answer.body.link.split('#')[1] as string;
  };
  const read = (name: string) => plane.client('boss').get(Invite, { namespace: acme, name });
  const phase = (name: string, want: string) =>
    eventually(async () => expect((await read(name))?.status?.phase).toBe(want));

  it('lets somebody new choose a name, and signs them in', async () => {
    await invite('grace', { role: 'developer', teams: ['crew'], displayName: 'Grace H' });
    await phase('grace', 'Pending');
    const token = await linkOf('grace');
    expect((await post('preview', { token })).body).toMatchObject({
      organization: 'acme',
      displayName: 'The acme',
      role: 'developer',
      teams: ['crew'],
      invitedBy: 'boss',
    });
    const accepted = await post('accept', { token, userName: 'grace' });
    expect(accepted.body).toMatchObject({ organization: 'acme', user: 'grace', login: 'grace' });
    expect(await plane.controlPlane.tokens.redeem(accepted.body.signIn)).toMatchObject({
      principal: { type: 'user', name: 'grace' },
    });

    expect((await read('grace'))?.status).toMatchObject({
      phase: 'Accepted',
      user: 'grace',
      acceptedBy: 'grace',
    });
    const [membership] = await plane.controlPlane.organizationsOf({ type: 'user', name: 'grace' });
    expect(membership).toMatchObject({ organization: 'acme', role: 'developer', teams: ['crew'] });
    const person = await plane.controlPlane.client.get(User, {
      namespace: PLATFORM_NAMESPACE,
      name: 'grace',
    });
    expect(person?.spec).toMatchObject({ displayName: 'Grace H', email: 'grace@acme.example' });
  });

  it('lets somebody who is signed in accept as themselves', async () => {
    await invite('guest', { role: 'viewer' });
    const accepted = await post('accept', { token: await linkOf('guest') }, 'gil');
    expect(accepted.body).toEqual({ organization: 'acme', user: 'gil', login: 'gil' });
    const memberships = await plane.controlPlane.organizationsOf({ type: 'user', name: 'gil' });
    expect(memberships.map(({ organization, role }) => [organization, role])).toEqual([
      ['acme', 'viewer'],
      ['globex', 'admin'],
    ]);
  });

  it('works once, for one of several who try at the same time', async () => {
    await invite('once');
    const token = await linkOf('once');
    const answers = await Promise.all(['kim', 'lee'].map(userName => post('accept', { token, userName })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await post('preview', { token })).status).toBe(404);
  });

  it('has one link at a time: a new one ends the one before', async () => {
    await invite('twice');
    const first = await linkOf('twice');
    const second = await linkOf('twice');
    expect((await post('preview', { token: first })).status).toBe(404);
    expect((await post('preview', { token: second })).status).toBe(200);
  });

  it('keeps its token nowhere: not in the object, its events, the audit trail', async () => {
    await invite('quiet');
    const token = await linkOf('quiet');
    const audit = await plane.http('admin').get('/api/krate/audit?limit=500');
    const events = await plane.http('boss').get(`/api/krate/api/v1/namespaces/${acme}/events`);
    const everything = JSON.stringify([await read('quiet'), audit.body, events.body]);
    expect(everything).toContain('invite.link');
    expect(everything).not.toContain(token.slice(8));
  });

  it('does not bring somebody back who was removed later', async () => {
    await invite('rex');
    await post('accept', { token: await linkOf('rex'), userName: 'rex' });
    await plane.client('boss').delete(User, { namespace: acme, name: 'rex' });
    await eventually(async () => {
      expect(await plane.client('boss').get(User, { namespace: acme, name: 'rex' })).toBeUndefined();
    });
    await plane.client('boss').patch(Invite, { namespace: acme, name: 'rex' }, { spec: { message: 'x' } });
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(await plane.client('boss').get(User, { namespace: acme, name: 'rex' })).toBeUndefined();
  });

  it.each([
    {
      reason: 'taken back',
      spec: () => ({}),
      end: (name: string) =>
        plane.client('boss').patch(Invite, { namespace: acme, name }, { spec: { revoked: true } }),
      want: 'Revoked',
    },
    {
      reason: 'expired',
      // From the moment of the test on, however long the start took.
      spec: () => ({ expiresAt: new Date(Date.now() + 3000).toISOString() }),
      end: async () => {},
      want: 'Expired',
    },
  ])('cannot be accepted once it is $reason', async ({ reason, spec, end, want }) => {
    const name = reason.replace(' ', '-');
    await invite(name, spec());
    const token = await linkOf(name);
    await end(name);
    await phase(name, want);
    expect((await post('accept', { token, userName: 'late' })).status).toBe(404);
    expect((await post('link', { organization: 'acme', name }, 'boss')).status).toBe(409);
    expect(
      await plane.controlPlane.client.get(User, { namespace: PLATFORM_NAMESPACE, name: 'late' }),
    ).toBeUndefined();
  });

  it.each([
    { reason: 'the administrator’s', userName: 'admin', status: 409 },
    { reason: 'somebody’s, in other letters', userName: 'BOSS', status: 409 },
    { reason: 'a path', userName: '../x', status: 400 },
    { reason: 'none', userName: '', status: 400 },
  ])('refuses a user name that is $reason', async ({ userName, status }) => {
    const name = `n${Buffer.from(userName).toString('hex')}`.toLowerCase();
    await invite(name);
    expect((await post('accept', { token: await linkOf(name), userName })).status).toBe(status);
  });

  it('is worth nothing when whoever made it is admin no more', async () => {
    await plane.member(acme, 'brief', 'admin');
    await invite('orphan', { role: 'admin' }, 'brief');
    const token = await linkOf('orphan');
    await plane.client('boss').delete(AgentRoleBinding, { namespace: acme, name: 'brief-admin' });
    expect((await post('accept', { token }, 'gil')).status).toBe(403);
    expect((await post('accept', { token, userName: 'orphaned' })).status).toBe(403);
    const key = { namespace: PLATFORM_NAMESPACE, name: 'orphaned' };
    expect(await plane.controlPlane.client.get(User, key)).toBeUndefined();
  });

  it.each([
    { reason: 'a maintainer', who: 'mia' },
    { reason: 'an admin of another organization', who: 'gil' },
    { reason: 'nobody', who: undefined },
  ])('lets $reason neither invite nor make a link', async ({ who }) => {
    const answer = await post('link', { organization: 'acme', name: 'twice' }, who);
    expect(answer.status).toBe(403);
    const made = await plane
      .http(who)
      .post(`/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/${acme}/invites`)
      .send(manifest(Invite, acme, 'cheat', { email: 'c@acme.example', role: 'viewer' }));
    expect([401, 403]).toContain(made.status);
    expect(JSON.stringify(answer.body)).not.toContain('krate_v_');
  });

  it('promises no role for longer than it may stand', async () => {
    const expiresAt = new Date(Date.now() + 400 * 24 * 3600 * 1000).toISOString();
    await expect(invite('ages', { expiresAt })).rejects.toThrow(/90 days/);
  });

  it('maps each login once', async () => {
    const { items } = await plane.controlPlane.client.list(IdentityMapping, { namespace: acme });
    const subjects = items.map(({ spec }) => spec.subject);
    expect(new Set(subjects).size).toBe(subjects.length);
  });
});
