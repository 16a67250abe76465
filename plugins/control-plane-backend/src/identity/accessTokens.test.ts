import { Team, User } from '@krate/plugin-control-plane-common';
import { manifest, TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

const DAY = 24 * 60 * 60;
const KRATE = '/api/krate/apis/krate.a5c.ai/v1alpha1';

describe('access tokens', () => {
  let plane: TestPlane;
  let acme: string;
  let globex: string;
  beforeAll(async () => {
    plane = await TestPlane.start({ krate: { tokens: { lifetime: { days: 30 }, longest: { days: 60 } } } });
    acme = await plane.organization('acme');
    globex = await plane.organization('globex');
    await plane.member(acme, 'ada', 'admin');
    await plane.member(globex, 'ada', 'developer');
    await plane.member(globex, 'gil', 'admin');
  });
  afterAll(() => plane?.stop());

  const make = (body: object, who = 'ada') => plane.http(who).post('/api/krate/tokens').send(body);
  const tokenOf = async (body: object, who?: string) => (await make(body, who)).body.token as string;
  const list = async (who = 'ada') => (await plane.http(who).get('/api/krate/tokens')).body;
  const members = (namespace: string) => `${KRATE}/namespaces/${namespace}/users`;
  const aTeam = (namespace: string, name: string) => manifest(Team, namespace, name, { displayName: name });

  it('lasts as long as is configured, and says how long that is', async () => {
    const { body } = await make({ description: 'laptop' });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan((30 * DAY - 60) * 1000);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(30 * DAY * 1000);
    expect((await list()).lifetimes).toEqual({ lifetimeSeconds: 30 * DAY, longestSeconds: 60 * DAY });
    expect((await make({ expiresInSeconds: 61 * DAY })).status).toBe(400);
  });

  it('redeems a sign-in link into a token of the configured life, or of the one asked for', async () => {
    const redeem = async (body: object) => {
      const token = await tokenOf({ purpose: 'sign-in' }, 'admin');
      const answer = await plane
        .http()
        .post('/api/krate/login')
        .send({ token, ...body });
      return Math.round((Date.parse(answer.body.expiresAt) - Date.now()) / 1000 / DAY);
    };
    expect(await redeem({})).toBe(30);
    expect(await redeem({ expiresInSeconds: 2 * DAY })).toBe(2);
  });

  it('is listed by name, with its limits and its last use, and never shown again', async () => {
    const token = await tokenOf({ description: 'backup', readOnly: true, organizations: ['acme'] });
    await plane.withToken(token).get(members(acme));
    const { items } = await list();
    expect(items.find((item: any) => item.description === 'backup')).toMatchObject({
      readOnly: true,
      organizations: ['acme'],
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(items)).not.toContain(token.slice(8));
  });

  it('is worth nothing once it is revoked; nobody else can revoke it', async () => {
    const { body } = await make({ description: 'short' });
    expect((await plane.http('gil').delete(`/api/krate/tokens/${body.id}`)).status).toBe(404);
    expect((await plane.withToken(body.token).get(members(acme))).status).toBe(200);
    expect((await plane.http('ada').delete(`/api/krate/tokens/${body.id}`)).status).toBe(204);
    expect((await plane.withToken(body.token).get(members(acme))).status).toBe(401);
  });

  describe('that is read-only', () => {
    let token: string;
    beforeAll(async () => {
      token = await tokenOf({ readOnly: true });
    });

    it('reads, and asks what it may', async () => {
      expect((await plane.withToken(token).get(members(acme))).status).toBe(200);
      const review = await plane
        .withToken(token)
        .post('/api/krate/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
        .send({
          spec: {
            resourceAttributes: { verb: 'create', group: 'krate.a5c.ai', resource: 'teams', namespace: acme },
          },
        });
      expect(review.body.status).toMatchObject({
        allowed: false,
        reason: expect.stringMatching(/read-only/),
      });
    });

    it.each([
      {
        reason: 'a write',
        send: () => plane.withToken(token).post(`${KRATE}/namespaces/${acme}/teams`).send(aTeam(acme, 'x')),
      },
      { reason: 'a deletion', send: () => plane.withToken(token).delete(`${members(acme)}/ada`) },
      { reason: 'another token', send: () => plane.withToken(token).post('/api/krate/tokens').send({}) },
      { reason: 'a revocation', send: () => plane.withToken(token).delete('/api/krate/tokens/x') },
    ])('refuses $reason', async ({ send }) => {
      expect((await send()).status).toBe(403);
    });

    it('makes a kubeconfig that is read-only as well', async () => {
      const config = await plane.withToken(token).get('/api/krate/kubeconfig');
      // Without the TLS listener there is no cluster to name; with it the token inside is of the same principal.
      expect([200, 404]).toContain(config.status);
    });
  });

  describe('for one organization', () => {
    let token: string;
    beforeAll(async () => {
      token = await tokenOf({ organizations: ['acme'] });
    });

    it('acts there as its person does', async () => {
      const made = await plane
        .withToken(token)
        .post(`${KRATE}/namespaces/${acme}/teams`)
        .send(aTeam(acme, 'own'));
      expect(made.status).toBe(201);
      const { body } = await plane.withToken(token).get('/api/krate/whoami');
      expect(body.organizations.map((membership: any) => membership.organization)).toEqual(['acme']);
    });

    it.each([
      { reason: 'the members of another', path: () => members(globex) },
      { reason: 'another organization', path: () => `${KRATE}/namespaces/krate-system/organizations/globex` },
      { reason: 'everything', path: () => `${KRATE}/users` },
    ])('does not see $reason', async ({ path }) => {
      expect((await plane.withToken(token).get(path())).status).toBe(403);
    });

    it('makes no token for more, and takes over no platform', async () => {
      expect(
        (
          await plane
            .withToken(token)
            .post('/api/krate/tokens')
            .send({ organizations: ['globex'] })
        ).status,
      ).toBe(400);
      const child = await plane.withToken(token).post('/api/krate/tokens').send({});
      expect(child.body.organizations).toEqual(['acme']);
      const platform = await tokenOf({ organizations: ['acme'] }, 'admin');
      const { body } = await plane.withToken(platform).get('/api/krate/whoami');
      expect(body.platformAdministrator).toBe(false);
      const link = await plane
        .withToken(platform)
        .post('/api/krate/tokens')
        .send({ purpose: 'sign-in', user: 'gil' });
      expect(link.status).toBe(403);
    });
  });

  it.each([
    { reason: 'an organization one does not belong to', body: { organizations: ['acme'] }, who: 'gil' },
    { reason: 'no organization at all', body: { organizations: [] }, who: 'ada' },
    { reason: 'a word for read-only', body: { readOnly: 'yes' }, who: 'ada' },
  ])('is not made for $reason', async ({ body, who }) => {
    expect((await make(body, who)).status).toBe(400);
  });

  it('shows nobody the tokens of somebody else', async () => {
    await make({ description: 'of ada alone' });
    expect(JSON.stringify(await list('gil'))).not.toContain('of ada alone');
    expect((await plane.http().get('/api/krate/tokens')).status).toBe(401);
    expect(await plane.client('gil').list(User, { namespace: globex })).toBeDefined();
  });
});
