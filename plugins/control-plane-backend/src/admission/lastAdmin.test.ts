import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { AgentRoleBinding, IdentityMapping, User } from '@krate/plugin-control-plane-common';
import { Knex } from 'knex';
import { onPostgres } from '../__testUtils__/onPostgres';
import { manifest, TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(120_000);

/** What every database promises; `knex` is absent for SQLite. */
function staysAnAdmin(start: () => Promise<TestPlane>): void {
  let plane: TestPlane;
  let acme: string;
  beforeAll(async () => {
    plane = await start();
    acme = await plane.organization('acme');
    await plane.member(acme, 'zoe', 'admin');
  });
  afterAll(() => plane?.stop());

  const bindingOf = (login: string) => ({ namespace: acme, name: `${login}-admin` });
  const giveBack = async (by: string, to: string) => {
    const spec = {
      subject: { kind: 'User', name: to },
      scope: { kind: 'organization' },
      roleRef: { name: 'admin' },
    };
    await plane.client(by).create(AgentRoleBinding, manifest(AgentRoleBinding, acme, `${to}-admin`, spec));
  };

  it('lets only one of two admins demote the other in the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const outcomes = await Promise.allSettled([
        plane.client('admin').delete(AgentRoleBinding, bindingOf('zoe')),
        plane.client('zoe').delete(AgentRoleBinding, bindingOf('admin')),
      ]);
      const [first, second] = outcomes.map(({ status }) => status);
      expect([first, second].sort()).toEqual(['fulfilled', 'rejected']);
      // Whoever was faster makes the other one admin again.
      if (first === 'fulfilled') await giveBack('admin', 'zoe');
      else await giveBack('zoe', 'admin');
    }
  });

  it.each([
    {
      reason: 'one loses the role while the other’s login goes',
      write: () => plane.client('admin').delete(IdentityMapping, { namespace: acme, name: 'zoe' }),
    },
    {
      reason: 'one loses the role while the other is disabled',
      write: () =>
        plane.client('admin').patch(User, { namespace: acme, name: 'zoe' }, { spec: { disabled: true } }),
    },
  ])('also when $reason', async ({ write }) => {
    const outcomes = await Promise.allSettled([
      write(),
      plane.client('admin').delete(AgentRoleBinding, bindingOf('admin')),
    ]);
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses.sort()).toEqual(['fulfilled', 'rejected']);
  });
}

describe('an organization on SQLite', () => {
  staysAnAdmin(() => TestPlane.start());
});

onPostgres('an organization on PostgreSQL', create => {
  let knex: Knex | undefined;
  afterAll(() => knex?.destroy());
  staysAnAdmin(async () => {
    knex = await create();
    const client = knex;
    const database = createServiceFactory({
      service: coreServices.database,
      deps: {},
      factory: () => ({ getClient: async () => client }),
    });
    return TestPlane.start({ features: [database] });
  });
});
