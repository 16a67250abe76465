import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { defineEffect, defineReconciler, reads } from '@krate/controller-runtime';
import { AdmissionRule, controlPlaneExtensionPoint, defineAction } from '@krate/plugin-control-plane-node';
import { ApiError, defineKind, ResourceOf } from '@krate/resource-model';
import type { Request, Response } from 'express';
import request from 'supertest';
import { z } from 'zod';
import controlPlane from './index';

jest.setTimeout(60_000);

const Greeting = defineKind({
  kind: 'Greeting',
  plural: 'greetings',
  area: 'greetings',
  storage: 'config',
  summary: 'Words for somebody.',
  writableBy: 'developer',
  spec: z.object({ to: z.string(), times: z.int().default(1) }),
  status: z.object({ said: z.string().optional(), weather: z.string().optional() }),
  conditions: { Ready: ['Said', 'Waiting'] },
  examples: [],
});

const greetingReconciler = defineReconciler({
  for: Greeting,
  reads: { weather: reads.observed('weather') },
  reconcile(ctx, { spec }) {
    const said = ctx.effects.say?.result as string | undefined;
    return {
      effects: [{ name: 'say', input: { words: `Hello ${spec.to}!` } }],
      status: { weather: ctx.weather, ...(said && { said }) },
      conditions: [
        said
          ? { type: 'Ready', status: 'True', reason: 'Said', message: said }
          : { type: 'Ready', status: 'False', reason: 'Waiting', message: 'Nothing is said yet' },
      ],
    };
  },
});

const noShouting: AdmissionRule<typeof Greeting> = {
  name: 'no-shouting',
  kinds: [Greeting],
  operations: ['create', 'update'],
  admit({ object }) {
    if (object.spec.to !== object.spec.to.toUpperCase()) return;
    throw new ApiError('Invalid', 'Nobody is shouted at', {
      causes: [{ reason: 'SHOUTING', field: 'spec.to', message: 'Write it in lower case' }],
    });
  },
};

const greet = defineAction({
  name: 'greet',
  title: 'Greet',
  description: 'Says hello to somebody.',
  schema: {
    input: zod => zod.object({ namespace: zod.string(), to: zod.string() }),
    output: zod => zod.object({ name: zod.string() }),
  },
  async run({ input, client }) {
    const greeting: ResourceOf<typeof Greeting> = await client.create(Greeting, {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Greeting',
      metadata: { name: input.to, namespace: input.namespace },
      spec: { to: input.to },
    });
    return { name: greeting.metadata.name };
  },
});

/** Everything that a package outside this repository can bring, as it would bring it: through the extension point alone. */
const outsider = (spoken: string[]) =>
  createBackendModule({
    pluginId: 'krate',
    moduleId: 'greetings',
    register: env =>
      env.registerInit({
        deps: { controlPlane: controlPlaneExtensionPoint },
        async init({ controlPlane: krate }) {
          krate.install({
            area: 'greetings',
            kinds: [Greeting],
            reconcilers: [greetingReconciler],
            admission: [noShouting],
            authorization: [
              {
                name: 'strangers-greet',
                decide: (principal, { verb, resource }) =>
                  principal.type === 'user' && principal.name === 'mute' && resource === 'greetings'
                    ? { decision: 'deny', reason: `mute may not ${verb} greetings` }
                    : undefined,
              },
            ],
            actions: [greet],
            start: () => ({
              effects: [
                defineEffect<{ words: string }, string>({
                  name: 'say',
                  async observe(_key, { words }) {
                    return spoken.includes(words) ? { state: 'done', result: words } : { state: 'absent' };
                  },
                  async perform(_key, { words }) {
                    spoken.push(words);
                    return words;
                  },
                }),
              ],
              observers: [{ name: 'weather', observe: async () => 'sunny' }],
              routes: [
                { path: 'greetings-spoken', handler: (_: Request, answer: Response) => answer.json(spoken) },
              ],
            }),
          });
        },
      }),
  });

describe('a module from elsewhere', () => {
  const spoken: string[] = [];
  const admin = mockCredentials.user.header('user:default/admin');
  const API = '/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces';
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const http = () => request(backend.server);
  const create = (to: string, who = admin) =>
    http()
      .post(`${API}/krate-org-acme/greetings`)
      .set('Authorization', who)
      .send({
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'Greeting',
        metadata: { name: to.toLowerCase() },
        spec: { to },
      });

  async function until(path: string, check: (body: any) => boolean): Promise<any> {
    const end = Date.now() + 20_000;
    for (;;) {
      const { body } = await http().get(path).set('Authorization', admin);
      if (check(body)) return body;
      if (Date.now() > end) throw new Error(`${path} stays ${JSON.stringify(body, null, 1)}`);
      await new Promise(resolve => setTimeout(resolve, 30));
    }
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-extension-'));
    const krate = {
      dataDirectory: directory,
      api: { enabled: false },
      signIn: { printLink: false },
      examples: 'none',
    };
    backend = await startTestBackend({
      features: [
        controlPlane,
        outsider(spoken),
        actionsRegistryServiceFactory,
        mockServices.rootConfig.factory({ data: { backend: { baseUrl: 'http://127.0.0.1:7007' }, krate } }),
      ],
    });
    await http()
      .post(`${API}/krate-system/organizations`)
      .set('Authorization', admin)
      .send({
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'Organization',
        metadata: { name: 'acme' },
        spec: { displayName: 'Acme' },
      });
    await until(`${API}/krate-system/organizations/acme`, body => body.status?.phase === 'Ready');
  });
  afterAll(async () => {
    await backend?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('brings a kind, which is reconciled with an observer and an effect', async () => {
    expect((await create('ada')).status).toBe(201);
    const { spec, status } = await until(`${API}/krate-org-acme/greetings/ada`, body => body.status?.said);
    expect(spec).toMatchObject({ to: 'ada', times: 1 });
    expect(status).toMatchObject({ said: 'Hello ada!', weather: 'sunny' });
    expect(status.conditions).toEqual([
      expect.objectContaining({ type: 'Ready', status: 'True', reason: 'Said' }),
    ]);
  });

  it('brings an admission rule', async () => {
    const { status, body } = await create('ADA');
    expect(status).toBe(422);
    expect(body.details.causes).toEqual([expect.objectContaining({ reason: 'SHOUTING', field: 'spec.to' })]);
  });

  it('brings an authorization rule, whose denial wins', async () => {
    expect((await create('bob', mockCredentials.user.header('user:default/mute'))).status).toBe(403);
  });

  it('brings a route', async () => {
    expect((await http().get('/api/krate/greetings-spoken')).body).toEqual(['Hello ada!']);
  });

  it('brings an action, which acts with the rights of its caller', async () => {
    const invoke = (who: string) =>
      http()
        .post('/api/krate/.backstage/actions/v1/actions/krate%3Agreet/invoke')
        .set('Authorization', who)
        .send({ namespace: 'krate-org-acme', to: 'eve' });
    expect((await invoke(mockCredentials.user.header('user:default/stranger'))).status).toBeGreaterThan(399);
    expect((await invoke(admin)).body).toEqual({ output: { name: 'eve' } });
    await until(`${API}/krate-org-acme/greetings/eve`, body => body.status?.said === 'Hello eve!');
  });
});
