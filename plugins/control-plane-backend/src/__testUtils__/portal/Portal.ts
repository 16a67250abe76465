import { mockCredentials, startTestBackend } from '@backstage/backend-test-utils';
import { IdentityMapping, namespaceOf } from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import request from 'supertest';
import { eventually } from './eventually';

const KRATE = '/api/krate/apis/krate.a5c.ai/v1alpha1';

/** What people do with the portal; whoever is not named is the platform's administrator. */
export class Portal {
  constructor(
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    readonly controlPlane: () => ControlPlane,
  ) {}

  stop = () => this.backend.stop();

  get(path: string, who = 'admin') {
    return request(this.backend.server)
      .get(path)
      .set('Authorization', mockCredentials.user.header(`user:default/${who}`));
  }

  async create(namespace: string, plural: string, object: { kind: string; name: string; spec?: object }) {
    const { kind, name, spec = {} } = object;
    const response = await request(this.backend.server)
      .post(`${KRATE}/namespaces/${namespace}/${plural}`)
      .set('Authorization', mockCredentials.user.header('user:default/admin'))
      .send({ apiVersion: 'krate.a5c.ai/v1alpha1', kind, metadata: { name }, spec });
    if (response.status !== 201) throw new Error(`${kind} ${name}: ${response.status} ${response.text}`);
  }

  /** An organization, and a person who has a role in it (or none). */
  async organization(name: string, person: string, role?: string) {
    await this.create('krate-system', 'organizations', {
      kind: 'Organization',
      name,
      spec: { displayName: name },
    });
    await eventually(
      async () => (await this.get(`${KRATE}/namespaces/krate-system/organizations/${name}`)).body,
      body => body.status?.phase === 'Ready',
    );
    await this.member(name, person, role);
  }

  async member(organization: string, person: string, role?: string) {
    const namespace = namespaceOf(organization);
    await this.create(namespace, 'users', { kind: 'User', name: person, spec: { displayName: person } });
    await this.create(namespace, IdentityMapping.plural, {
      kind: 'IdentityMapping',
      name: person,
      spec: { provider: 'backstage', subject: person, user: person },
    });
    if (!role) return;
    await this.create(namespace, 'agentrolebindings', {
      kind: 'AgentRoleBinding',
      name: `${person}-${role}`,
      spec: {
        subject: { kind: 'User', name: person },
        scope: { kind: 'organization' },
        roleRef: { name: role },
      },
    });
  }

  /** The references of all entities a person finds in the catalog. */
  async entities(who = 'admin', filter = ''): Promise<string[]> {
    const { body, status } = await this.get(`/api/catalog/entities${filter}`, who);
    if (status !== 200) throw new Error(`The catalog answered ${status}: ${JSON.stringify(body)}`);
    return body
      .map(({ kind, metadata }: any) => `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase())
      .sort();
  }
}
