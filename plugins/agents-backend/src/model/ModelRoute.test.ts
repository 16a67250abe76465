import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { anObject, FakeResourceClient } from '@krate/controller-runtime/testkit';
import {
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentStack,
} from '@krate/plugin-agents-common';
import { ModelRoute, Spender } from './ModelRoute';

const NAMESPACE = 'krate-org-acme';

/** A model that answers what it is told to, and keeps what it was asked. */
class FakeModel {
  readonly asked: { url?: string; headers: IncomingMessage['headers']; body: any }[] = [];
  constructor(readonly reply: (response: ServerResponse) => void) {}
  handle = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    this.asked.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
    this.reply(response);
  };
}

const servers: Server[] = [];
async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => servers.splice(0).forEach(server => server.close()));

const json = (body: object) => (response: ServerResponse) =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
const completion = json({
  choices: [{ message: { content: 'Hello' } }],
  usage: { prompt_tokens: 100, completion_tokens: 10 },
});

async function bed(options: {
  reply?: FakeModel['reply'];
  provider?: object;
  grant?: object | null;
  budget?: object;
  used?: number;
}) {
  const model = new FakeModel(options.reply ?? completion);
  const apiBase = `${await serve(model.handle)}/v1`;
  const client = new FakeResourceClient();
  const add = (kind: any, name: string, spec: object) =>
    client.create(kind, anObject(kind, { metadata: { name }, spec: spec as never }) as never);
  await add(AgentProviderConfig, 'models', {
    provider: 'openai',
    authType: 'bearer',
    apiBase,
    allowPrivateAddress: true,
    secretRef: { name: 'key', key: 'k' },
    modelRates: { large: { inputUsdPerMillion: 10, outputUsdPerMillion: 100 } },
    ...options.provider,
  });
  await add(AgentDispatchRun, 'fix', { repository: 'web', agentStack: 'fixer' });
  await add(AgentStack, 'fixer', {
    baseAgent: 'a',
    adapter: 'a',
    runtimeIdentity: { serviceAccountRef: 'fixer' },
  });
  if (options.grant !== null) {
    await add(AgentSecretGrant, 'g', {
      subject: { kind: 'agent-stack', name: 'fixer' },
      secretRef: { name: 'key', keys: ['k'] },
      purpose: 'model-provider-token',
      ...options.grant,
    });
  }
  const route = new ModelRoute({
    client,
    secrets: { readSecret: async () => ({ k: Buffer.from('real-key') }) },
    logger: { warn: () => undefined } as never,
  });
  const agent = {
    usage: { inputTokens: options.used ?? 0, outputTokens: 0, costUsd: 0 },
    calls: [] as object[],
    stopped: 0,
  };
  const spender: Spender = {
    get usage() {
      return agent.usage;
    },
    use: async (usage, call) => {
      agent.usage = usage;
      agent.calls.push(call);
    },
    stopForBudget: async () => void (agent.stopped += 1),
  };
  const input: any = {
    namespace: NAMESPACE,
    run: 'fix',
    launch: { provider: 'models', model: 'large', budget: options.budget ?? {} },
  };
  const url = await serve(route.handlerFor(input, () => spender));
  const ask = (path = '/v1/chat/completions', body: object = { model: 'large' }) =>
    fetch(url + path, {
      method: 'POST',
      headers: { authorization: 'Bearer held-by-krate', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { model, agent, ask };
}

describe('ModelRoute', () => {
  it('adds the real key, passes the answer on and counts what it cost', async () => {
    const { model, agent, ask } = await bed({});
    const response = await ask();
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] });
    expect(model.asked[0]).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer real-key' },
    });
    expect(agent.usage).toMatchObject({ inputTokens: 100, outputTokens: 10, costUsd: expect.closeTo(0.002) });
    expect(agent.calls).toEqual([
      expect.objectContaining({ model: 'large', inputTokens: 100, outputTokens: 10 }),
    ]);
  });

  it.each([
    { provider: { authType: 'api-key', provider: 'anthropic' }, header: 'x-api-key' },
    { provider: { authType: 'api-key', provider: 'azure-openai' }, header: 'api-key' },
  ])('gives the key as $header', async ({ provider, header }) => {
    const { model, ask } = await bed({ provider });
    await ask('/v1/messages');
    expect(model.asked[0]!.headers).toMatchObject({ [header]: 'real-key' });
    expect(model.asked[0]!.headers.authorization).toBeUndefined();
  });

  it('streams, and asks a streamed completion for its tokens', async () => {
    const reply = (response: ServerResponse) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\n');
      response.end(
        'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
      );
    };
    const { model, agent, ask } = await bed({ reply });
    expect(await (await ask(undefined, { model: 'large', stream: true })).text()).toContain('[DONE]');
    expect(model.asked[0]!.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(agent.usage).toMatchObject({ inputTokens: 7, outputTokens: 2 });
  });

  it('ends the run when a call used its budget up, and refuses the next', async () => {
    const { agent, ask, model } = await bed({ budget: { maxTokens: 110 } });
    expect((await ask()).status).toBe(200);
    expect(agent.stopped).toBe(1);
    const refused = await ask();
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { error: { code: 'budget_exceeded' } },
    ]);
    expect(model.asked).toHaveLength(1);
  });

  it.each([
    { reason: 'another path', options: {}, path: '/v1/files', want: [404, 'not_a_model_route'] },
    {
      reason: 'a path that climbs',
      options: {},
      path: '/v1/chat/completions/../../admin',
      want: [404, 'not_a_model_route'],
    },
    {
      reason: 'a private address',
      options: { provider: { allowPrivateAddress: false } },
      want: [502, 'provider_not_public'],
    },
    { reason: 'a key without a grant', options: { grant: null }, want: [403, 'secret_not_granted'] },
    {
      reason: 'a key whose grant was revoked',
      options: { grant: { revoked: true } },
      want: [403, 'secret_not_granted'],
    },
    {
      reason: 'a key granted for another repository',
      options: { grant: { allowedRepositories: ['api'] } },
      want: [403, 'secret_not_granted'],
    },
  ])('refuses $reason', async ({ options, path, want }) => {
    const { ask, model } = await bed(options);
    const response = await ask(path);
    expect([response.status, ((await response.json()) as any).error.code]).toEqual(want);
    expect(model.asked).toEqual([]);
  });

  it('passes an error of the provider on and charges nothing for it', async () => {
    const { agent, ask } = await bed({
      reply: response =>
        void response
          .writeHead(400, { 'content-type': 'application/json' })
          .end('{"error":{"message":"no"}}'),
    });
    const response = await ask();
    expect([response.status, await response.json()]).toEqual([400, { error: { message: 'no' } }]);
    expect(agent.calls).toEqual([]);
  });
});
