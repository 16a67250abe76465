import {
  AgentRoleBinding,
  IdentityMapping,
  Organization,
  PLATFORM_NAMESPACE,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { eventually, manifest, TestPlane } from './__testUtils__/TestPlane';

jest.setTimeout(60_000);

describe('members of an organization', () => {
  let plane: TestPlane;
  let acme: string;
  beforeAll(async () => {
    plane = await TestPlane.start();
    acme = await plane.organization('acme');
    await plane.member(acme, 'vera', 'viewer');
    await plane.member(acme, 'dev', 'developer');
  });
  afterAll(() => plane?.stop());
  const admin = () => plane.client('admin');
  const refusal = (write: Promise<unknown>) =>
    write.then(
      () => undefined,
      error => error.details.causes?.[0].reason,
    );

  describe('the last admin', () => {
    it.each([
      {
        reason: 'is not deleted',
        write: () => admin().delete(User, { namespace: acme, name: 'admin' }),
      },
      {
        reason: 'is not disabled',
        write: () => admin().patch(User, { namespace: acme, name: 'admin' }, { spec: { disabled: true } }),
      },
      {
        reason: 'keeps the login',
        write: () => admin().delete(IdentityMapping, { namespace: acme, name: 'admin' }),
      },
      {
        reason: 'keeps the role',
        write: () => admin().delete(AgentRoleBinding, { namespace: acme, name: 'admin-admin' }),
      },
      {
        reason: 'is not demoted',
        write: () =>
          admin().patch(
            AgentRoleBinding,
            { namespace: acme, name: 'admin-admin' },
            { spec: { roleRef: { name: 'developer' } } },
          ),
      },
      {
        reason: 'of the platform keeps the role',
        write: () =>
          admin().delete(AgentRoleBinding, { namespace: PLATFORM_NAMESPACE, name: 'platform-administrator' }),
      },
    ])('$reason', async ({ write }) => {
      expect(await refusal(write())).toBe('LAST_ADMIN');
    });

    it('survives a whole collection being deleted', async () => {
      const path = `/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/${acme}/agentrolebindings`;
      expect((await plane.http('admin').delete(path)).status).toBe(403);
      expect(await admin().get(AgentRoleBinding, { namespace: acme, name: 'admin-admin' })).toBeDefined();
    });

    it('may go once there is another, also through a team', async () => {
      await plane.member(acme, 'tea');
      await admin().create(Team, manifest(Team, acme, 'heads', { displayName: 'Heads', members: ['tea'] }));
      await admin().create(
        AgentRoleBinding,
        manifest(AgentRoleBinding, acme, 'heads', {
          subject: { kind: 'Team', name: 'heads' },
          scope: { kind: 'organization' },
          roleRef: { name: 'admin' },
        }),
      );
      await admin().delete(AgentRoleBinding, { namespace: acme, name: 'admin-admin' });
      const empty = admin().patch(Team, { namespace: acme, name: 'heads' }, { spec: { members: [] } });
      expect(await refusal(empty)).toBe('LAST_ADMIN');
    });
  });

  it('leaves nothing behind that the next person of a name would inherit', async () => {
    await plane.member(acme, 'gone', 'maintainer');
    await admin().create(
      Team,
      manifest(Team, acme, 'crew', { displayName: 'Crew', members: ['gone', 'dev'], maintainers: ['gone'] }),
    );
    await admin().delete(User, { namespace: acme, name: 'gone' });
    await eventually(async () => {
      expect(await admin().get(User, { namespace: acme, name: 'gone' })).toBeUndefined();
    });
    expect(await admin().get(AgentRoleBinding, { namespace: acme, name: 'gone-maintainer' })).toBeUndefined();
    expect(await admin().get(IdentityMapping, { namespace: acme, name: 'gone' })).toBeUndefined();
    const crew = await admin().get(Team, { namespace: acme, name: 'crew' });
    expect(crew?.spec).toMatchObject({ members: ['dev'], maintainers: [], displayName: 'Crew' });
  });

  it('keeps an organization as it is while the platform suspends it', async () => {
    const globex = await plane.organization('globex');
    await plane.member(globex, 'boss', 'admin');
    const key = { namespace: PLATFORM_NAMESPACE, name: 'globex' };
    const suspend = (login: string, suspended: boolean) =>
      plane.client(login).patch(Organization, key, { spec: { suspended } });
    expect(await refusal(suspend('boss', true))).toBe('PLATFORM_ONLY');

    await suspend('admin', true);
    const team = manifest(Team, globex, 'crew', { displayName: 'Crew' });
    await expect(plane.client('boss').create(Team, team)).rejects.toThrow(/suspended/);
    await expect(plane.client('boss').list(User, { namespace: globex })).resolves.toBeDefined();
    expect(await refusal(suspend('boss', false))).toBe('PLATFORM_ONLY');

    await suspend('admin', false);
    await expect(plane.client('boss').create(Team, team)).resolves.toBeDefined();
  });
});
