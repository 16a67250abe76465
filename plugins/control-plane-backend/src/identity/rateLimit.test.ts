import { TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

const API = '/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/krate-org-acme';

describe('a caller who asks too much', () => {
  let plane: TestPlane;
  beforeAll(async () => {
    plane = await TestPlane.start({
      krate: { api: { enabled: false, rateLimit: { requestsPerSecond: 0.001, burst: 1 } } },
    });
  });
  afterAll(() => plane.stop());

  const token = async (name: string) => {
    const principal = { type: 'user', name } as const;
    return (await plane.controlPlane.tokens.issue({ principal, purpose: 'access', description: '' })).token;
  };

  it.each([
    '/api/krate/whoami',
    '/api/krate/tokens',
    '/api/krate/audit?org=acme',
    '/api/krate/documentation',
    '/api/krate/metrics',
    '/api/krate/sign-in/status',
    '/api/krate/streams/jobs/krate-org-acme/a/log',
    '/api/krate/live',
    `${API}/teams`,
    '/api/krate/apis',
    '/api/orgs/acme/resources',
  ])('is told to wait, and for how long, by %s', async path => {
    const greedy = plane.withToken(await token(`greedy-${path.replace(/\W/g, '-')}`));
    // The burst of one is spent elsewhere: it is the same one for all routes.
    expect((await greedy.get('/api/krate/whoami')).status).toBe(200);
    const refused = await greedy.get(path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('takes nothing from anybody else', async () => {
    const greedy = plane.withToken(await token('greedy'));
    await greedy.get('/api/krate/whoami');
    expect((await greedy.get('/api/krate/whoami')).status).toBe(429);
    expect((await plane.withToken(await token('modest')).get('/api/krate/whoami')).status).toBe(200);
  });
});
