import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ApiClient } from '../ApiClient';
import { createMcpServer } from './createMcpServer';
import { McpTools } from './McpTools';

const OPEN_API = readFileSync(join(__dirname, '../../../../docs/reference/openapi.json'), 'utf8');

/** A real MCP client before the command's server, which reads the tools from Krate's own document. */
describe('krate mcp', () => {
  const asked: { method: string; url: string; body: any }[] = [];
  let refuse: number | undefined;
  let krate: Server;
  let client: Client;

  beforeAll(async () => {
    krate = createServer(async (request, response) => {
      const { method = '', url = '' } = request;
      if (url === '/api/openapi.json') {
        response.end(OPEN_API);
        return;
      }
      const text = (await request.toArray()).join('');
      asked.push({ method, url, body: text ? JSON.parse(text) : undefined });
      response.statusCode = refuse ?? 200;
      response.setHeader('content-type', 'application/json');
      const status = {
        kind: 'Status',
        status: 'Failure',
        code: 403,
        reason: 'Forbidden',
        message: 'No role',
      };
      response.end(JSON.stringify(refuse ? status : { answered: url }));
    });
    await new Promise<void>(resolve => krate.listen(0, '127.0.0.1', resolve));
    const server = `http://127.0.0.1:${(krate.address() as AddressInfo).port}`;
    const tools = await McpTools.load(new ApiClient({ server, token: 'krate_a_test' }), 'acme');
    const [near, far] = InMemoryTransport.createLinkedPair();
    client = new Client({ name: 'test', version: '1' });
    await Promise.all([createMcpServer(tools).connect(far), client.connect(near)]);
  });
  beforeEach(() => {
    asked.length = 0;
    refuse = undefined;
  });
  afterAll(async () => {
    await client.close();
    await new Promise(resolve => krate.close(resolve));
  });

  const call = (name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args });

  it.each([
    ...['list_resources', 'get_resource', 'apply_resource', 'delete_resource', 'snapshot', 'list_stacks'],
    ...[
      'create_stack',
      'dispatch_agent',
      'list_secrets',
      'create_secret',
      'audit_query',
      'review_permissions',
    ],
  ])('has the tool krate_%s', async name => {
    const { tools } = await client.listTools();
    expect(tools.map(tool => tool.name)).toContain(`krate_${name}`);
  });

  it.each([
    {
      reason: 'inputs go where the route takes them',
      tool: 'krate_list_resources',
      input: { kind: 'Team', limit: 5 },
      want: { method: 'GET', url: '/api/orgs/acme/resources?limit=5&kind=Team' },
    },
    {
      reason: 'another organization than that of the login',
      tool: 'krate_get_resource',
      input: { org: 'b/c', kind: 'Team', name: 'web' },
      want: { url: '/api/orgs/b%2Fc/resources/Team/web' },
    },
    {
      reason: 'a whole object is the body',
      tool: 'krate_apply_resource',
      input: { resource: { kind: 'Team' } },
      want: { method: 'POST', url: '/api/orgs/acme/resources', body: { kind: 'Team' } },
    },
    {
      reason: 'fields of the body stand beside the others',
      tool: 'krate_dispatch_agent',
      input: { stackRef: 'fixer', repository: 'web' },
      want: { url: '/api/orgs/acme/agents/dispatch', body: { stackRef: 'fixer', repository: 'web' } },
    },
    {
      reason: 'what cannot be taken back is asked of the person',
      tool: 'krate_delete_resource',
      input: { kind: 'Team', name: 'web' },
      want: {
        method: 'POST',
        url: '/api/krate/action-requests',
        body: { action: 'delete-resource', input: { org: 'acme', kind: 'Team', name: 'web' } },
      },
    },
  ])('$tool: $reason', async ({ tool, input, want }) => {
    await call(tool, input);
    expect(asked).toEqual([expect.objectContaining(want)]);
  });

  it('answers a refusal as one, in the server’s words', async () => {
    refuse = 403;
    expect(await call('krate_list_stacks')).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: expect.stringContaining('No role') }],
    });
  });

  it('has its prompts, and says which argument one lacks', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual([
      'krate_workspace_setup',
      'krate_stack_config',
      'krate_troubleshoot',
    ]);
    const { messages } = await client.getPrompt({
      name: 'krate_stack_config',
      arguments: { stack: 'fixer' },
    });
    expect(JSON.stringify(messages)).toContain('agent stack fixer');
    await expect(client.getPrompt({ name: 'krate_stack_config' })).rejects.toThrow('needs stack');
  });

  it('has its resources', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['krate://snapshot', 'krate://stacks']);
    const { contents } = await client.readResource({ uri: 'krate://stacks' });
    expect(JSON.parse((contents[0] as { text: string }).text)).toEqual({
      answered: '/api/orgs/acme/agents/stacks',
    });
    await expect(client.readResource({ uri: 'krate://else' })).rejects.toThrow('no resource');
  });

  it('knows no other tool', async () => {
    await expect(call('krate_import_snapshot')).rejects.toThrow('There is no tool');
  });
});
