import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendFeature, createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  AgentRoleBinding,
  IdentityMapping,
  namespaceOf,
  Organization,
  PLATFORM_NAMESPACE,
  User,
} from '@krate/plugin-control-plane-common';
import { ControlPlane, controlPlaneExtensionPoint, Installation } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import request from 'supertest';
import { controlPlanePlugin } from '../plugin';

const ADMINISTRATOR = { type: 'user', name: 'admin' } as const;

/** Waits for something that follows a write: a controller's work, a cache. */
export async function eventually(check: () => Promise<void> | void, limitMs = 15_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}

/** The real plugin in a backend of its own, with its reconcilers, and people of two organizations. */
export class TestPlane {
  private constructor(
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    readonly controlPlane: ControlPlane,
    private readonly directory: string,
  ) {}

  static async start(
    options: {
      krate?: object;
      config?: object;
      installation?: Partial<Installation>;
      features?: BackendFeature[];
    } = {},
  ): Promise<TestPlane> {
    const directory = await mkdtemp(join(tmpdir(), 'krate-plane-'));
    let running: ControlPlane | undefined;
    const installation: Installation = {
      area: 'test',
      ...options.installation,
      start: controlPlane => {
        running = controlPlane;
        return options.installation?.start?.(controlPlane) ?? {};
      },
    };
    const backend = await startTestBackend({
      features: [
        controlPlanePlugin,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://127.0.0.1:7007' },
            ...options.config,
            krate: {
              dataDirectory: directory,
              api: { enabled: false },
              signIn: { printLink: false },
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
              async init({ controlPlane }) {
                controlPlane.install(installation);
              },
            });
          },
        }),
        ...(options.features ?? []),
      ],
    });
    return new TestPlane(backend, running!, directory);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return `http://127.0.0.1:${this.backend.server.port()}`;
  }

  /** A client of the HTTP API; `as` is a login, absent for nobody. */
  http(as?: string) {
    const agent = request.agent(this.backend.server);
    if (as) agent.set('authorization', mockCredentials.user.header(`user:default/${as}`));
    return agent;
  }

  /** A client with a Krate token. */
  withToken(token: string) {
    return request.agent(this.backend.server).set('authorization', `Bearer ${token}`);
  }

  client(login: string) {
    return this.controlPlane.clientFor({ type: 'user', name: login });
  }

  /** An organization with the platform's administrator as its admin, ready to be used. */
  async organization(name: string): Promise<string> {
    const client = this.controlPlane.clientFor(ADMINISTRATOR);
    await client.create(
      Organization,
      manifest(Organization, PLATFORM_NAMESPACE, name, { displayName: `The ${name}` }),
    );
    const key = { namespace: PLATFORM_NAMESPACE, name };
    await eventually(async () => {
      const { status } = (await client.get(Organization, key))!;
      if (status?.phase !== 'Ready') throw new Error(`${name} is ${status?.phase}`);
    });
    return namespaceOf(name);
  }

  /** A member with a role, or without one. */
  async member(namespace: string, login: string, role?: string): Promise<void> {
    const client = this.controlPlane.clientFor(ADMINISTRATOR);
    await client.create(User, manifest(User, namespace, login, { displayName: login }));
    await client.create(
      IdentityMapping,
      manifest(IdentityMapping, namespace, login, { user: login, provider: 'backstage', subject: login }),
    );
    if (!role) return;
    await client.create(
      AgentRoleBinding,
      manifest(AgentRoleBinding, namespace, `${login}-${role}`, {
        subject: { kind: 'User', name: login },
        scope: { kind: 'organization' },
        roleRef: { name: role },
      }),
    );
  }
}

/** An object as it is applied. */
export function manifest(kind: Kind, namespace: string, name: string, spec: object): any {
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name, namespace }, spec };
}
