import { KindRegistry, Resource } from '@krate/resource-model';
import { platformKinds } from '@krate/plugin-control-plane-common';
import { z } from 'zod';
import { defineKind, ref } from '@krate/resource-model';
import { project } from './project';

const Depot = defineKind({
  kind: 'Repository',
  plural: 'repositories',
  area: 'test',
  storage: 'config',
  summary: 'Stands for a mirrored kind.',
  writableBy: 'maintainer',
  spec: z.object({ description: z.string().optional(), uses: ref('Repository').optional() }),
  catalog: { as: 'Component', type: 'repository' },
  examples: [],
});
const kinds = new KindRegistry([...platformKinds, Depot]);

function object(kind: string, namespace: string, name: string, spec: Record<string, unknown>): Resource {
  return {
    apiVersion: 'krate.a5c.ai/v1alpha1',
    kind,
    metadata: {
      name,
      namespace,
      uid: `${kind}/${namespace}/${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec,
  };
}

const given = (...objects: Resource[]) => {
  const byKind = new Map<string, Resource[]>();
  objects.forEach(o => byKind.set(o.kind, [...(byKind.get(o.kind) ?? []), o]));
  return project(kinds, byKind);
};

const ada = (org: string) =>
  object('User', `krate-org-${org}`, 'ada', {
    displayName: 'Ada',
    email: 'ada@example.com',
    disabled: false,
  });

describe('project', () => {
  it('makes a repository a component of its organization, annotated for the tabs', () => {
    const [entity] = given(
      object('Repository', 'krate-org-acme', 'web', {
        description: 'The front',
        uses: 'api',
        topics: ['prices', 'Not a tag'],
      }),
      object('Repository', 'krate-org-acme', 'api', {}),
    );
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'web',
        namespace: 'acme',
        description: 'The front',
        tags: ['prices'],
        annotations: { 'krate.a5c.ai/repository': 'acme/web', 'krate.a5c.ai/org': 'acme' },
      },
      spec: { type: 'repository', owner: 'group:default/acme', dependsOn: ['component:acme/api'] },
    });
  });

  it('makes a person a user of each organization, and tells neither of the other', () => {
    const entities = given(
      ada('acme'),
      ada('globex'),
      object('Team', 'krate-org-acme', 'core', { displayName: 'Core', members: ['ada'], maintainers: [] }),
    );
    const users = entities.filter(entity => entity.kind === 'User');
    expect(
      users.map(({ metadata, spec }) => [
        metadata.namespace,
        metadata.annotations!['krate.a5c.ai/org'],
        spec!.memberOf,
      ]),
    ).toEqual([
      ['acme', 'acme', ['group:default/acme', 'group:acme/core']],
      ['globex', 'globex', ['group:default/globex']],
    ]);
  });

  it('leaves out what belongs to the platform and not to an organization', () => {
    expect(given(object('User', 'krate-system', 'admin', { displayName: 'Administrator' }))).toEqual([]);
  });

  it('keeps two objects apart that would share an entity', () => {
    const Robot = defineKind({
      kind: 'Robot',
      plural: 'robots',
      area: 'test',
      storage: 'config',
      summary: 'Shares a catalog kind with repositories.',
      writableBy: 'maintainer',
      spec: z.object({ works: ref('Repository').optional() }),
      catalog: { as: 'Component', type: 'agent-stack' },
      examples: [],
    });
    const registry = new KindRegistry([...platformKinds, Depot, Robot]);
    const namespace = 'krate-org-acme';
    const long = 'a'.repeat(63);
    const entities = project(
      registry,
      new Map([
        [
          'Robot',
          [object('Robot', namespace, 'till', { works: 'till' }), object('Robot', namespace, long, {})],
        ],
        [
          'Repository',
          [object('Repository', namespace, 'till', {}), object('Repository', namespace, long, {})],
        ],
      ]),
    );
    expect(entities.map(({ metadata, spec }) => [metadata.name, metadata.title, spec!.type])).toEqual([
      ['till.agent-stack', 'till', 'agent-stack'],
      [`${'a'.repeat(51)}.agent-stack`, long, 'agent-stack'],
      ['till', undefined, 'repository'],
      [long, undefined, 'repository'],
    ]);
    expect(entities[0].spec!.dependsOn).toEqual(['component:acme/till']);
  });

  it('leaves out references to what does not exist, so that no relation leads nowhere', () => {
    const [entity] = given(object('Repository', 'krate-org-acme', 'web', { uses: 'gone' }));
    expect(entity.spec!.dependsOn).toEqual([]);
  });

  it('relates what is neither component nor resource by its references', () => {
    const Plan = defineKind({
      kind: 'Plan',
      plural: 'plans',
      area: 'test',
      storage: 'config',
      summary: 'Is mirrored as itself.',
      writableBy: 'maintainer',
      spec: z.object({ repositories: z.array(ref('Repository')), owner: ref('Team') }),
      catalog: {},
      examples: [],
    });
    const namespace = 'krate-org-acme';
    const [plan] = project(
      new KindRegistry([...platformKinds, Depot, Plan]),
      new Map([
        ['Plan', [object('Plan', namespace, 'q1', { repositories: ['web'], owner: 'core' })]],
        ['Repository', [object('Repository', namespace, 'web', {})]],
        ['Team', [object('Team', namespace, 'core', { displayName: 'Core', members: [], maintainers: [] })]],
      ]),
    );
    expect(plan).toMatchObject({
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Plan',
      spec: { type: 'plan', owner: 'group:acme/core', references: ['component:acme/web'] },
    });
  });

  it('puts teams below their organization', () => {
    const entities = given(
      object('Organization', 'krate-system', 'acme', { displayName: 'Acme' }),
      object('Team', 'krate-org-acme', 'core', { displayName: 'Core', members: [], maintainers: [] }),
    );
    expect(
      entities.map(entity => [entity.metadata.namespace, entity.metadata.name, entity.spec!.parent]),
    ).toEqual([
      ['default', 'acme', undefined],
      ['acme', 'core', 'group:default/acme'],
    ]);
  });
});
