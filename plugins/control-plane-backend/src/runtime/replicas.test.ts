import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { defineReconciler, WatchEvent } from '@krate/controller-runtime';
import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { Installation } from '@krate/plugin-control-plane-node';
import { ApiError, defineKind, Kind } from '@krate/resource-model';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { z } from 'zod';
import { onPostgres } from '../__testUtils__/onPostgres';
import { readConfig } from '../config';
import { RunningControlPlane, startControlPlane } from './startControlPlane';

jest.setTimeout(120_000);

const Note = defineKind({
  kind: 'Note',
  plural: 'notes',
  area: 'test',
  storage: 'config',
  summary: 'For tests.',
  writableBy: 'developer',
  platform: true,
  spec: z.object({ text: z.string() }),
  status: z.object({ by: z.string().optional(), sent: z.boolean().optional() }),
  examples: [],
});

interface Replica {
  name: string;
  plane: RunningControlPlane;
  knex: Knex;
  directory: string;
  /** Names of the notes that this one's effect sent. */
  sent: string[];
  /** Names of the notes that this one looked at, once per look. */
  reconciled: string[];
  /** Lets the effect of the note `slow` go on, which waits for it before it writes. */
  goOn(): void;
}

onPostgres('two control planes on one PostgreSQL', createSchema => {
  const replicas: Replica[] = [];
  let schema: string;
  let count = 0;

  beforeEach(() => {
    count += 1;
    schema = `replicas_${process.pid}_${count}`;
  });
  afterEach(async () => {
    for (const { plane, knex, directory } of replicas.splice(0)) {
      await plane.stop();
      await knex.destroy();
      await rm(directory, { recursive: true });
    }
  });

  async function start(name: string): Promise<Replica> {
    const directory = await mkdtemp(join(tmpdir(), 'krate-replica-'));
    const knex = await createSchema(schema);
    const sent: string[] = [];
    const reconciled: string[] = [];
    let goOn = () => {};
    const told = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const plane = await startControlPlane({
      config: readConfig(
        new ConfigReader({
          backend: { baseUrl: 'http://127.0.0.1:7007' },
          krate: {
            dataDirectory: directory,
            api: { enabled: false },
            signIn: { printLink: false },
            controllers: { leaseSeconds: 2 },
          },
        }),
      ),
      knex,
      installations: [notesArea(name, sent, reconciled, told)],
      logger: mockServices.logger.mock(),
      auditor: mockServices.auditor.mock(),
      notifications: { send: async () => undefined },
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
    await plane.begin();
    const replica = { name, plane, knex, directory, sent, reconciled, goOn };
    replicas.push(replica);
    return replica;
  }

  const write = ({ plane }: Replica, name: string) =>
    plane.controlPlane.client.create(Note, {
      apiVersion: Note.apiVersion,
      kind: 'Note',
      metadata: { namespace: PLATFORM_NAMESPACE, name },
      spec: { text: 'hello' },
    });
  const statusOf = async ({ plane }: Replica, name: string) =>
    (await plane.controlPlane.client.get(Note, { namespace: PLATFORM_NAMESPACE, name }))?.status;

  it('see each other’s writes in their watches', async () => {
    const [a, b] = [await start('a'), await start('b')];
    const stop = new AbortController();
    const seen: WatchEvent[] = [];
    const following = (async () => {
      const options = { namespace: PLATFORM_NAMESPACE, signal: stop.signal };
      for await (const event of b.plane.controlPlane.client.watch(Note, options)) seen.push(event);
    })();
    await write(a, 'one');
    await eventually(() => expect(seen.map(({ object }) => object.metadata.name)).toContain('one'));
    stop.abort();
    await following;
  });

  it('let one of them reconcile and perform; the other takes over when it stops', async () => {
    const [a, b] = [await start('a'), await start('b')];
    // Written where nobody acts.
    await write(b, 'first');
    await eventually(async () => expect(await statusOf(b, 'first')).toMatchObject({ by: 'a', sent: true }));
    expect([a.sent, b.sent]).toEqual([['first'], []]);

    const stopped = Date.now();
    await a.plane.stop();
    await write(b, 'second');
    await eventually(async () => expect(await statusOf(b, 'second')).toMatchObject({ by: 'b', sent: true }));
    expect(Date.now() - stopped).toBeLessThan(10_000);
    // What was done is not done again by the one who comes after.
    expect([a.sent, b.sent]).toEqual([['first'], ['second']]);
  });

  it('bring a wake to where the controllers act', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await write(a, 'first');
    await eventually(async () => expect(await statusOf(b, 'first')).toMatchObject({ by: 'a', sent: true }));
    const before = a.reconciled.length;
    b.plane.controlPlane.wake(Note, { namespace: PLATFORM_NAMESPACE, name: 'first' });
    await eventually(() => expect(a.reconciled.length).toBeGreaterThan(before));
    expect(b.reconciled).toEqual([]);
  });

  it('refuse what one still writes and performs after its lease has passed on', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await write(a, 'first');
    await eventually(async () => expect(await statusOf(b, 'first')).toMatchObject({ by: 'a', sent: true }));
    // Somebody else took it over, which `a` cannot know yet; and dies soon after.
    await b.knex('krate_lease').update({
      epoch: b.knex.raw('epoch + 1'),
      expires_at: b.knex.raw("clock_timestamp() + interval '3 seconds'"),
    });
    const passed = Date.now();
    await write(a, 'second');
    while (Date.now() - passed < 2500) {
      expect(await statusOf(b, 'second')).toBeUndefined();
      expect([...a.sent, ...b.sent]).toEqual(['first']);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await eventually(async () => expect(await statusOf(b, 'second')).toMatchObject({ sent: true }));
    expect([...a.sent, ...b.sent]).toEqual(['first', 'second']);
  });

  it('refuse what an effect writes through the clients of the control plane after its lease has passed on', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await write(a, 'slow');
    await eventually(() => expect(a.sent).toEqual(['slow']));
    // Somebody else took the lease over, which `a` cannot know yet.
    await b.knex('krate_lease').update({
      epoch: b.knex.raw('epoch + 1'),
      expires_at: b.knex.raw("clock_timestamp() + interval '3 seconds'"),
    });
    a.goOn();
    await eventually(() => expect(a.sent).toEqual(['slow', 'refused: ServiceUnavailable']));
    const receipt = { namespace: PLATFORM_NAMESPACE, name: 'slow-receipt' };
    await expect(b.plane.controlPlane.client.get(Note, receipt)).resolves.toBeUndefined();
    // Whoever acts next finds it undone, and does it.
    b.goOn();
    await eventually(async () =>
      expect(await b.plane.controlPlane.client.get(Note, receipt)).toMatchObject({
        spec: { text: 'thanks' },
      }),
    );
  });

  it('decide by a role from the moment it was given, whichever of them gave it', async () => {
    const [a, b] = [await start('a'), await start('b')];
    const { authorize } = b.plane.controlPlane;
    const attributes = {
      verb: 'create',
      group: Note.group,
      resource: 'notes',
      namespace: PLATFORM_NAMESPACE,
    } as const;
    const eve = { type: 'user', name: 'eve' } as const;
    await expect(authorize(eve, attributes)).resolves.toMatchObject({ allowed: false });
    const give = (kind: Kind, spec: object) =>
      a.plane.controlPlane.client.create(kind, {
        apiVersion: kind.apiVersion,
        kind: kind.kind,
        metadata: { namespace: PLATFORM_NAMESPACE, name: 'eve' },
        spec,
      });
    await give(User, { displayName: 'Eve' });
    await give(IdentityMapping, { user: 'eve', provider: BACKSTAGE_PROVIDER, subject: 'eve' });
    await give(AgentRoleBinding, {
      subject: { kind: 'User', name: 'eve' },
      scope: { kind: 'cluster' },
      roleRef: { kind: 'Role', name: 'admin' },
    });
    // The answer waits for what the other one has just written.
    await expect(authorize(eve, attributes)).resolves.toMatchObject({ allowed: true });
  });

  it('answer a token that the other one issued', async () => {
    const [a, b] = [await start('a'), await start('b')];
    const { token } = await a.plane.controlPlane.tokens.issue({
      principal: { type: 'user', name: 'admin' },
      purpose: 'access',
      description: 'test',
    });
    const app = express().use(b.plane.router);
    const { body } = await request(app).get('/whoami').set('Authorization', `Bearer ${token}`);
    expect(JSON.stringify(body)).toContain('admin');
  });
});

/** Marks each note with the replica that saw it, and sends it by an effect. */
function notesArea(by: string, sent: string[], reconciled: string[], told: Promise<void>): Installation {
  return {
    area: 'test',
    kinds: [Note],
    reconcilers: [
      defineReconciler({
        name: 'notes',
        for: Note,
        reconcile: ({ effects }, note) => {
          reconciled.push(note.metadata.name);
          return {
            status: { by: note.status?.by ?? by, sent: effects.send?.state === 'Succeeded' },
            effects: [{ name: 'send' }],
          };
        },
      }),
    ],
    start: ({ client }) => ({
      effects: [
        {
          name: 'send',
          observe: async ({ owner }) =>
            sent.includes(owner.name) && owner.name !== 'slow'
              ? { state: 'done', result: {} }
              : { state: 'absent' },
          perform: async ({ owner: { name } }) => {
            sent.push(name);
            if (name !== 'slow') return;
            await told;
            try {
              const metadata = { namespace: PLATFORM_NAMESPACE, name: `${name}-receipt` };
              const { apiVersion, kind } = Note;
              await client.create(Note, { apiVersion, kind, metadata, spec: { text: 'thanks' } });
            } catch (error) {
              sent.push(`refused: ${(error as ApiError).reason}`);
              throw error;
            }
          },
        },
      ],
    }),
  };
}

async function eventually(check: () => unknown): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
