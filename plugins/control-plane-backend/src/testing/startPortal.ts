import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ControlPlane, controlPlaneExtensionPoint, Installation } from '@krate/plugin-control-plane-node';
import { JsonObject } from '@krate/resource-model';
import request from 'supertest';
import plugin from '../index';
import { AnswerCheck, answerCheck } from './answerCheck';

/** A backend with the control plane and what was installed, on a data directory of its own. */
export interface TestPortal {
  controlPlane: ControlPlane;
  /** The served OpenAPI document; every answer is held to it. */
  document: JsonObject;
  /** `http://127.0.0.1:<port>` */
  url: string;
  directory: string;
  /** Everything that was logged. */
  log: string[];
  /** A request as a person; nobody when no name is given. */
  as(person?: string): TestCaller;
  /** Makes an organization and waits until its creator is its admin. */
  organization(name: string): Promise<void>;
  /** Gives a person a role in an organization. */
  member(organization: string, person: string, role: string): Promise<void>;
  stop(): Promise<void>;
}

export interface TestCaller {
  get(path: string): request.Test;
  post(path: string, body?: unknown): request.Test;
  delete(path: string): request.Test;
  send(method: string, path: string, body?: unknown): request.Test;
}

/** Starts one. The administrator is `admin`; a person's name is their token. */
export async function startPortal(
  options: { installations?: readonly Installation[]; features?: BackendFeature[]; krate?: object } = {},
): Promise<TestPortal> {
  const directory = await mkdtemp(join(tmpdir(), 'krate-portal-'));
  const log: string[] = [];
  let controlPlane: ControlPlane | undefined;
  const catcher: Installation = {
    area: 'test',
    start: running => {
      controlPlane = running;
      return {};
    },
  };
  const backend = await startTestBackend({
    features: [
      plugin,
      capturedLogger(log),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://127.0.0.1:7007' },
          krate: {
            dataDirectory: directory,
            signIn: { printLink: false },
            api: { enabled: false },
            ...options.krate,
          },
        },
      }),
      createBackendModule({
        pluginId: 'krate',
        moduleId: 'test',
        register(env) {
          env.registerInit({
            deps: { controlPlane: controlPlaneExtensionPoint },
            async init({ controlPlane: point }) {
              [...(options.installations ?? []), catcher].forEach(each => point.install(each));
            },
          });
        },
      }),
      ...(options.features ?? []),
    ],
  });

  let check: AnswerCheck = () => {};
  const as = (person?: string): TestCaller => {
    const send = (method: string, path: string, body?: unknown) => {
      const agent = request(backend.server) as unknown as Record<string, (path: string) => request.Test>;
      const made = agent[method.toLowerCase()](path);
      if (person)
        void made.set(
          'Authorization',
          person.startsWith('krate_')
            ? `Bearer ${person}`
            : mockCredentials.user.header(`user:default/${person}`),
        );
      void made.expect(response => check(method, path, response));
      return body === undefined ? made : made.send(body as object);
    };
    return {
      send,
      get: path => send('GET', path),
      post: (path, body) => send('POST', path, body),
      delete: path => send('DELETE', path),
    };
  };

  const document = (await as('admin').get('/api/openapi.json')).body;
  check = answerCheck(document);

  return {
    controlPlane: controlPlane!,
    document,
    url: `http://127.0.0.1:${backend.server.port()}`,
    ...{ directory, log, as },
    async organization(name) {
      const made = await as('admin').post('/api/orgs', { slug: name, displayName: name.toUpperCase() });
      if (made.status !== 201) throw new Error(`The organization was not made: ${made.text}`);
      await eventually(async () => {
        const { body } = await as('admin').get(`/api/orgs/${name}`);
        return body.status?.phase === 'Ready';
      }, `the organization ${name} is not ready`);
    },
    async member(organization, person, role) {
      const put = async (kind: string, spec: object) => {
        const object = { kind, metadata: { name: person }, spec };
        const made = await as('admin').post(`/api/orgs/${organization}/resources`, object);
        if (made.status >= 300) throw new Error(`${kind} ${person} was not made: ${made.text}`);
      };
      await put('User', { displayName: person });
      await put('IdentityMapping', { user: person, provider: 'backstage', subject: person });
      await put('AgentRoleBinding', {
        subject: { kind: 'User', name: person },
        scope: { kind: 'organization' },
        roleRef: { name: role },
      });
    },
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits for a condition; slow machines get half a minute. */
export async function eventually(check: () => Promise<boolean> | boolean, otherwise: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await delay(50);
  }
}

function capturedLogger(log: string[]) {
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => {
      const keep = (level: string, labels: object) => (message: string, meta?: unknown) => {
        const more = meta instanceof Error ? meta.stack : JSON.stringify(meta ?? {});
        log.push(`${level} ${message} ${more} ${JSON.stringify(labels)}`);
      };
      const labelled = (labels: object): any => ({
        error: keep('error', labels),
        warn: keep('warn', labels),
        info: keep('info', labels),
        debug: () => {},
        child: (more: object) => labelled({ ...labels, ...more }),
      });
      return labelled({});
    },
  });
}
