import { mkdtemp, rm } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionsRegistryServiceFactory, actionsServiceFactory } from '@backstage/backend-defaults/alpha';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import mcpActions from '@backstage/plugin-mcp-actions-backend';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import request from 'supertest';
import controlPlane from '../index';

jest.setTimeout(120_000);

/** A real MCP client before Backstage's own MCP server, which has its tools from the routes of the facade. */
describe('actions over MCP', () => {
  const ADMIN = 'user:default/admin';
  const API = '/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces';
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const clients: Client[] = [];
  const http = () => request(backend.server);
  const as = (user: string) => mockCredentials.user.header(user);

  async function connect(user: string): Promise<Client> {
    const { port } = backend.server.address() as AddressInfo;
    const client = new Client({ name: 'test', version: '1' });
    const headers = { Authorization: as(user) };
    const url = new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`);
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    clients.push(client);
    return client;
  }
  const call = async (client: Client, tool: string, args: Record<string, unknown>) => {
    const result = await client.callTool({ name: `krate.${tool}`, arguments: args });
    return {
      failed: Boolean(result.isError),
      body: result.structuredContent as any,
      content: result.content,
    };
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-actions-'));
    const krate = { dataDirectory: directory, api: { enabled: false }, examples: 'none' };
    backend = await startTestBackend({
      features: [
        controlPlane,
        mcpActions,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://127.0.0.1:7007', actions: { pluginSources: ['krate'] } },
            krate: { ...krate, signIn: { printLink: false } },
          },
        }),
      ],
    });
    await http()
      .post(`${API}/krate-system/organizations`)
      .set('Authorization', as(ADMIN))
      .send({
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'Organization',
        metadata: { name: 'acme' },
        spec: { displayName: 'Acme' },
      });
    const end = Date.now() + 30_000;
    for (;;) {
      const { body } = await http()
        .get(`${API}/krate-system/organizations/acme`)
        .set('Authorization', as(ADMIN));
      if (body.status?.phase === 'Ready') break;
      if (Date.now() > end) throw new Error('The organization does not get ready');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  });
  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await backend?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('offers what the routes offer, with what clients need to know before they call', async () => {
    const { tools } = await (await connect(ADMIN)).listTools();
    const named = (name: string) => tools.find(tool => tool.name === `krate.${name}`)!;
    expect(named('list-resources')).toMatchObject({
      annotations: { readOnlyHint: true, destructiveHint: false },
      inputSchema: { required: ['org'], properties: { kind: { type: 'string' } } },
    });
    expect(named('apply-resource').inputSchema.required).toEqual(['org', 'resource']);
    expect(named('delete-resource').annotations).toMatchObject({ destructiveHint: true });
    expect(named('import-snapshot')).toBeUndefined();
  });

  it('acts with the rights of its caller', async () => {
    const team = { kind: 'Team', metadata: { name: 'web' }, spec: { displayName: 'Web' } };
    const admin = await connect(ADMIN);
    expect((await call(admin, 'apply-resource', { org: 'acme', resource: team })).body).toMatchObject({
      operation: 'created',
    });
    expect((await call(admin, 'list-resources', { org: 'acme', kind: 'Team' })).body.total).toBe(1);
    const stranger = await connect('user:default/stranger');
    const refused = await call(stranger, 'list-resources', { org: 'acme', kind: 'Team' });
    expect(refused.failed).toBe(true);
    expect(JSON.stringify(refused)).not.toContain('Web');
  });

  it('says what is wrong with an input', async () => {
    const wrong = await call(await connect(ADMIN), 'list-resources', { org: 'acme', kind: 'Nonsense' });
    expect(wrong.failed).toBe(true);
    expect(JSON.stringify(wrong.content)).toContain('Nonsense');
  });

  describe('what cannot be taken back', () => {
    const idOf = (url: string) => url.split('/').at(-1)!;
    const decide = (id: string, decision: string, who = as(ADMIN)) =>
      http().post(`/api/krate/action-requests/${id}/decision`).set('Authorization', who).send({ decision });
    const exists = async (name: string) =>
      (await http().get(`${API}/krate-org-acme/teams/${name}`).set('Authorization', as(ADMIN))).status ===
      200;

    async function wanted(name: string): Promise<string> {
      const admin = await connect(ADMIN);
      const resource = { kind: 'Team', metadata: { name }, spec: { displayName: name } };
      await call(admin, 'apply-resource', { org: 'acme', resource });
      const { body } = await call(admin, 'delete-resource', { org: 'acme', kind: 'Team', name });
      expect(body).toMatchObject({
        needsApproval: true,
        approve: expect.stringContaining('/action-requests/'),
      });
      expect(await exists(name)).toBe(true);
      return idOf(body.approve);
    }

    it('is done when the person agrees, once', async () => {
      const id = await wanted('agreed');
      const seen = await http().get(`/api/krate/action-requests/${id}`).set('Authorization', as(ADMIN));
      expect(seen.body).toMatchObject({
        title: 'Delete one object',
        organization: 'acme',
        input: { kind: 'Team', name: 'agreed' },
      });
      expect((await decide(id, 'approve')).body).toMatchObject({ result: { name: 'agreed' } });
      expect(await exists('agreed')).toBe(false);
      expect((await decide(id, 'approve')).status).toBe(409);
    });

    it('is not done when the person does not agree', async () => {
      const id = await wanted('kept');
      expect((await decide(id, 'deny')).body).toEqual({ decision: 'deny' });
      expect((await decide(id, 'approve')).status).toBe(409);
      expect(await exists('kept')).toBe(true);
    });

    it('is nobody else’s to agree to, and no access token’s', async () => {
      const id = await wanted('guarded');
      expect((await decide(id, 'approve', as('user:default/stranger'))).status).toBe(404);
      const made = await http().post('/api/krate/tokens').set('Authorization', as(ADMIN)).send({});
      expect((await decide(id, 'approve', `Bearer ${made.body.token}`)).status).toBe(403);
      expect(await exists('guarded')).toBe(true);
    });

    it('is asked of nobody when it could not be done anyway', async () => {
      const wrong = await call(await connect(ADMIN), 'delete-resource', { org: 'acme', kind: 'Team' });
      expect(wrong.failed).toBe(true);
    });
  });
});
