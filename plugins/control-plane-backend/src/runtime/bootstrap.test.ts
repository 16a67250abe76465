import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AgentRoleBinding, PLATFORM_NAMESPACE, User } from '@krate/plugin-control-plane-common';
import knexFactory, { Knex } from 'knex';
import { readConfig } from '../config';
import { bootstrap } from './bootstrap';
import { Core, openCore } from './openCore';

describe('bootstrap', () => {
  let directory: string;
  let knex: Knex;
  let core: Core;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-bootstrap-'));
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    core = await openCore({
      config: readConfig(
        new ConfigReader({ backend: { baseUrl: 'http://localhost' }, krate: { dataDirectory: directory } }),
      ),
      ...{
        knex,
        installations: [],
        logger: mockServices.logger.mock(),
        auditor: mockServices.auditor.mock(),
      },
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
  });
  afterEach(async () => {
    await core.directory.stop();
    await core.store.close();
    await knex.destroy();
    await rm(directory, { recursive: true });
  });
  const roleOf = async (login: string) => {
    await core.directory.catchUp();
    return core.directory.platformRole(login);
  };

  it('makes the first administrator, under a name Kubernetes takes', async () => {
    await bootstrap(core.client, { administrator: 'Ada_L', signInProviders: [] });
    expect(await roleOf('Ada_L')).toBe('admin');
    expect(await core.client.get(User, { namespace: PLATFORM_NAMESPACE, name: 'ada-l' })).toBeDefined();
  });

  it('changes nothing at the next start', async () => {
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    const revision = await core.store.revision();
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    expect(await core.store.revision()).toBe(revision);
  });

  it('does not bring back an administrator who was removed while there is another', async () => {
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    const binding = {
      subject: { kind: 'User', name: 'grace' },
      scope: { kind: 'cluster' },
      roleRef: { name: 'admin' },
    };
    const metadata = { name: 'grace', namespace: PLATFORM_NAMESPACE };
    await core.client.create(AgentRoleBinding, {
      apiVersion: AgentRoleBinding.apiVersion,
      kind: 'AgentRoleBinding',
      metadata,
      spec: binding,
    });
    await core.client.delete(AgentRoleBinding, {
      namespace: PLATFORM_NAMESPACE,
      name: 'platform-administrator',
    });
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    expect(await roleOf('ada')).toBeUndefined();
  });

  it('takes up a start that was killed half way', async () => {
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    await core.client.delete(AgentRoleBinding, {
      namespace: PLATFORM_NAMESPACE,
      name: 'platform-administrator',
    });
    await bootstrap(core.client, { administrator: 'ada', signInProviders: [] });
    expect(await roleOf('ada')).toBe('admin');
  });
});
