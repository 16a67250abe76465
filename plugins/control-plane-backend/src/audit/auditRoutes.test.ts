import { Organization, PLATFORM_NAMESPACE, Team } from '@krate/plugin-control-plane-common';
import { eventually, manifest, TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

describe('the audit trail over HTTP', () => {
  let plane: TestPlane;
  let acme: string;
  beforeAll(async () => {
    plane = await TestPlane.start();
    acme = await plane.organization('acme');
    const globex = await plane.organization('globex');
    await plane.member(acme, 'ada', 'admin');
    await plane.member(acme, 'mia', 'maintainer');
    await plane.member(globex, 'gil', 'admin');
    await plane.client('ada').create(Team, manifest(Team, acme, 'crew', { displayName: '=1+1' }));
  });
  afterAll(() => plane?.stop());

  const get = (path: string, who?: string) => plane.http(who).get(`/api/krate/audit${path}`);

  it.each([
    { reason: 'an admin the own organization', who: 'ada', path: '?org=acme', status: 200 },
    { reason: 'a platform administrator everything', who: 'admin', path: '', status: 200 },
    { reason: 'a platform administrator an organization', who: 'admin', path: '?org=globex', status: 200 },
    { reason: 'a maintainer nothing', who: 'mia', path: '?org=acme', status: 403 },
    { reason: 'an admin no other organization', who: 'ada', path: '?org=globex', status: 403 },
    { reason: 'an admin not everything', who: 'ada', path: '', status: 403 },
    { reason: 'an admin no other export', who: 'gil', path: '/export?org=acme', status: 403 },
    { reason: 'an admin no verification', who: 'ada', path: '/verify', status: 403 },
    { reason: 'nobody anything', who: undefined, path: '?org=acme', status: 401 },
    { reason: 'no filter that is none', who: 'admin', path: '?outcome=perhaps', status: 400 },
    { reason: 'no parameter it does not know', who: 'admin', path: '?sort=x', status: 400 },
  ])('shows $reason', async ({ who, path, status }) => {
    const answer = await get(path, who);
    expect(answer.status).toBe(status);
    const foreign = who === 'ada' && status === 200 ? 'krate-org-globex' : 'no such text';
    expect(answer.text).not.toContain(foreign);
  });

  it.each([
    { path: '?org=globex', action: 'audit.read' },
    { path: '/export?org=globex', action: 'audit.read' },
    { path: '/verify', action: 'audit.verify' },
  ])('records once that somebody was refused $path', async ({ path, action }) => {
    const refusals = async () => {
      const query = `?who=ada&outcome=denied&action=${action}`;
      return (await plane.http('admin').get(`/api/krate/audit${query}`)).body.items.length;
    };
    const before = await refusals();
    expect((await plane.http('ada').get(`/api/krate/audit${path}`)).status).toBe(403);
    expect(await refusals()).toBe(before + 1);
  });

  it('is read with a token that may only read, in its organizations', async () => {
    const made = await plane
      .http('ada')
      .post('/api/krate/tokens')
      .send({ readOnly: true, organizations: ['acme'] });
    const { token } = made.body;
    expect((await plane.withToken(token).get('/api/krate/audit?org=acme')).status).toBe(200);
    expect((await plane.withToken(token).get('/api/krate/audit?org=globex')).status).toBe(403);
  });

  it('is exported as JSON and as CSV that no spreadsheet takes for a formula', async () => {
    const json = await get('/export?org=acme&kind=Team', 'ada');
    expect(json.body).toEqual([expect.objectContaining({ action: 'create', resource: `Team/${acme}/crew` })]);
    const csv = await get('/export?org=acme&format=csv', 'ada');
    expect(csv.headers['content-disposition']).toContain('audit-acme.csv');
    expect(csv.text.split('\r\n')[0]).toBe('id,time,principal,action,outcome,organization,resource,details');
    expect((await get('?org=acme&action=audit.export', 'ada')).body.items).not.toEqual([]);
  });

  it('verifies, and says what to note down for the next time', async () => {
    const { body } = await get('/verify', 'admin');
    expect(body).toMatchObject({ ok: true, head: expect.stringMatching(/^\d+:[0-9a-f]{64}$/) });
    expect((await get(`/verify?anchor=${body.head}`, 'admin')).body.ok).toBe(true);
    const other = `${body.head.slice(0, -1)}${body.head.endsWith('0') ? '1' : '0'}`;
    expect((await get(`/verify?anchor=${other}`, 'admin')).body).toMatchObject({ ok: false });
    expect((await get('/verify?anchor=x', 'admin')).status).toBe(400);
  });

  it('of an organization that was made again begins anew', async () => {
    const first = await plane.organization('phoenix');
    await plane.client('admin').create(Team, manifest(Team, first, 'ashes', { displayName: 'Ashes' }));
    const key = { namespace: PLATFORM_NAMESPACE, name: 'phoenix' };
    await plane.client('admin').delete(Organization, key);
    await eventually(
      async () => expect(await plane.client('admin').get(Organization, key)).toBeUndefined(),
      30_000,
    );
    await plane.organization('phoenix');
    const { body } = await get('?org=phoenix&limit=500', 'admin');
    expect(JSON.stringify(body)).not.toContain('ashes');
    expect(JSON.stringify((await get('?object=ashes', 'admin')).body)).toContain('ashes');
  });
});
