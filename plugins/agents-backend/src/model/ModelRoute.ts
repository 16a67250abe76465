import http, { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import {
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentStack,
} from '@krate/plugin-agents-common';
import { ControlPlane, drained, isPublicAddress, resolveGuarded } from '@krate/plugin-control-plane-node';
import { AgentRunInput, TokenUsage } from '../agent/AgentRunTypes';
import { findGrants } from '../review/findGrant';
import { secretNeeds } from '../review/secretNeeds';
import { costOf, TokenMeter, usedUp } from './tokenUsage';

const PATHS = ['/v1/chat/completions', '/v1/responses', '/v1/messages'];
const MAX_REQUEST_BYTES = 32 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 30_000;
/** What of an agent's request goes on; never its credentials. */
const PASSED_ON = ['content-type', 'accept', 'anthropic-version', 'anthropic-beta', 'openai-beta'];

/** The agent on whose behalf a model is called: its budget is what is spent. */
export interface Spender {
  usage: TokenUsage;
  use(usage: TokenUsage, call: Record<string, unknown>): Promise<void>;
  stopForBudget(): Promise<void>;
}

/** A refusal in the form that model clients show to people. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The one way from an agent to its model. Adds the key, which the agent never holds; goes only to the provider's address,
 * as it resolves now; counts every call against the budget of the run, and ends the run when that is used up.
 */
export class ModelRoute {
  constructor(private readonly controlPlane: Pick<ControlPlane, 'client' | 'secrets' | 'logger'>) {}

  /** The handler of one run's calls. */
  handlerFor(input: AgentRunInput, spender: () => Spender | undefined) {
    return (request: IncomingMessage, response: ServerResponse): void => {
      this.handle(input, spender, request, response).catch(error => {
        const refusal =
          error instanceof Refusal
            ? error
            : new Refusal(502, 'model_unreachable', 'The model could not be reached');
        if (!(error instanceof Refusal))
          this.controlPlane.logger.warn(`Model call of ${input.namespace}/${input.run} failed: ${error}`);
        if (response.headersSent) response.destroy();
        else answer(response, refusal);
      });
    };
  }

  private async handle(
    input: AgentRunInput,
    spender: () => Spender | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://model').pathname;
    if (request.method !== 'POST' || !PATHS.includes(path))
      throw new Refusal(404, 'not_a_model_route', `POST to one of ${PATHS.join(', ')}`);
    const agent = spender();
    if (!agent) throw new Refusal(503, 'not_ready', 'The run is being taken up again; try again');
    await this.checkBudget(input, agent);
    const provider = await this.controlPlane.client.get(AgentProviderConfig, {
      namespace: input.namespace,
      name: input.launch.provider!,
    });
    if (!provider)
      throw new Refusal(
        502,
        'provider_missing',
        `The provider ${input.launch.provider} does not exist any more`,
      );
    const body = prepared(path, await readBody(request));
    const target = new URL(provider.spec.apiBase.replace(/\/$/, '') + path.slice('/v1'.length));
    const address = await resolve(target.hostname, provider.spec.allowPrivateAddress);
    const headers = {
      ...passedOn(request),
      ...(await this.credentials(input, provider)),
      'content-length': String(body.bytes.length),
      'accept-encoding': 'identity',
    };
    const incoming = await send(target, address, headers, body.bytes);
    const meter = new TokenMeter(
      /event-stream/.test(incoming.headers['content-type'] ?? ''),
      body.bytes.length,
    );
    try {
      await passOn(incoming, response, meter);
    } finally {
      if ((incoming.statusCode ?? 500) < 400)
        await this.charge(input, agent, {
          model: body.model ?? input.launch.model,
          provider: provider.spec,
          meter,
        });
      response.end();
    }
  }

  private async checkBudget({ launch }: AgentRunInput, agent: Spender): Promise<void> {
    const limit = usedUp(agent.usage, launch.budget);
    if (!limit) return;
    await agent.stopForBudget();
    throw new Refusal(429, 'budget_exceeded', `The budget of this run is used up (${limit})`);
  }

  private async charge(
    input: AgentRunInput,
    agent: Spender,
    { model, provider, meter }: { model?: string; provider: AgentProviderConfig['spec']; meter: TokenMeter },
  ) {
    const tokens = meter.end();
    const costUsd = costOf(tokens, model, provider);
    const { usage } = agent;
    const total = {
      inputTokens: usage.inputTokens + tokens.input,
      outputTokens: usage.outputTokens + tokens.output,
      costUsd: usage.costUsd + costUsd,
    };
    await agent.use(total, {
      inputTokens: tokens.input,
      outputTokens: tokens.output,
      costUsd,
      ...(model && { model }),
      ...(tokens.estimated && { estimated: true }),
    });
    if (usedUp(total, input.launch.budget)) await agent.stopForBudget();
  }

  /** The key, if its grant still stands: a revocation reaches a run that is under way. */
  private async credentials(
    { namespace, run }: AgentRunInput,
    provider: AgentProviderConfig,
  ): Promise<Record<string, string>> {
    const { authType, secretRef } = provider.spec;
    if (authType === 'none' || !secretRef) return {};
    const { client, secrets } = this.controlPlane;
    const [need] = secretNeeds({ provider });
    const dispatched = await client.get(AgentDispatchRun, { namespace, name: run });
    const stack =
      dispatched && (await client.get(AgentStack, { namespace, name: dispatched.spec.agentStack }));
    const { items: grants } = await client.list(AgentSecretGrant, { namespace });
    const seeker = {
      stack: stack?.metadata.name,
      serviceAccount: stack?.spec.runtimeIdentity.serviceAccountRef,
      runnerPool: dispatched?.status?.runnerPool,
      repository: dispatched?.spec.repository,
      ref: dispatched?.spec.ref,
    };
    if (!dispatched || !need || findGrants(need, seeker, grants).length === 0) {
      throw new Refusal(
        403,
        'secret_not_granted',
        `The key of the provider ${provider.metadata.name} is not granted to this run any more`,
      );
    }
    const key = (await secrets.readSecret(namespace, secretRef.name))?.[secretRef.key]
      ?.toString('utf8')
      .trim();
    if (!key)
      throw new Refusal(
        502,
        'key_missing',
        `The key of the provider ${provider.metadata.name} does not exist`,
      );
    if (authType === 'bearer') return { authorization: `Bearer ${key}` };
    return { [provider.spec.provider === 'azure-openai' ? 'api-key' : 'x-api-key']: key };
  }
}

function passedOn(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap(name =>
      typeof request.headers[name] === 'string' ? [[name, request.headers[name] as string]] : [],
    ),
  );
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES)
      throw new Refusal(413, 'request_too_large', 'A model request has at most 32 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A streamed chat completion says its tokens only when it is asked to. */
function prepared(path: string, bytes: Buffer): { bytes: Buffer; model?: string } {
  let request: Record<string, unknown>;
  try {
    request = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new Refusal(400, 'invalid_request', 'A model request is JSON');
  }
  const model = typeof request.model === 'string' ? request.model : undefined;
  if (path !== '/v1/chat/completions' || request.stream !== true) return { bytes, model };
  const options = { ...(request.stream_options as object | undefined), include_usage: true };
  return { bytes: Buffer.from(JSON.stringify({ ...request, stream_options: options })), model };
}

/** The address to connect to: looked at before, so that the name cannot mean another one a moment later. */
async function resolve(hostname: string, allowPrivate: boolean): Promise<string> {
  const { address, problem } = await resolveGuarded(
    hostname,
    found => allowPrivate || isPublicAddress(found),
  );
  if (problem === undefined) return address;
  if (problem === 'unresolvable')
    throw new Refusal(502, 'model_unreachable', 'The provider’s name cannot be resolved');
  throw new Refusal(
    502,
    'provider_not_public',
    'The provider’s address is not public; an admin may set allowPrivateAddress on it',
  );
}

function send(
  target: URL,
  address: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<IncomingMessage> {
  const client = target.protocol === 'https:' ? https : http;
  return new Promise((done, reject) => {
    const outgoing = client.request(
      {
        host: address,
        port: target.port || undefined,
        path: target.pathname + target.search,
        method: 'POST',
        headers: { ...headers, host: target.host },
        timeout: CONNECT_TIMEOUT_MS,
        agent: false,
        ...(target.protocol === 'https:' && !isIP(target.hostname) && { servername: target.hostname }),
      },
      incoming => {
        outgoing.setTimeout(0);
        done(incoming);
      },
    );
    outgoing.on('socket', socket => socket.on('connect', () => outgoing.setTimeout(0)));
    outgoing.on('timeout', () => outgoing.destroy(new Error('the provider does not answer')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function passOn(incoming: IncomingMessage, response: ServerResponse, meter: TokenMeter): Promise<void> {
  const type = incoming.headers['content-type'];
  response.writeHead(incoming.statusCode ?? 502, {
    ...(type && { 'content-type': type }),
    'cache-control': 'no-store',
  });
  // Read to the end even when the agent went away: what was generated is paid for.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    meter.see(chunk);
    if (!response.destroyed && !response.write(chunk)) await drained(response);
  }
}

function answer(response: ServerResponse, { status, code, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: code, code, message } }));
}
