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
    metadata: { name, namespace, uid: `${kind}/${namespace}/${name}`, resourceVersion: '1', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec,
  };
}

const given = (...objects: Resource[]) => {
  const byKind = new Map<string, Resource[]>();
  objects.forEach(o => byKind.set(o.kind, [...(byKind.get(o.kind) ?? []), o]));
  return project(kinds, byKind);
};

const ada = (org: string) => [
  object('User', `krate-org-${org}`, 'ada', { displayName: 'Ada', email: 'ada@example.com', disabled: false }),
  object('IdentityMapping', `krate-org-${org}`, 'ada', { user: 'ada', provider: 'backstage', subject: 'ada' }),
];

describe('project', () => {
  it('makes a repository a component of its organization, annotated for the tabs', () => {
    const [entity] = given(object('Repository', 'krate-org-acme', 'web', { description: 'The front', uses: 'api' }));
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'web',
        namespace: 'acme',
        description: 'The front',
        annotations: { 'krate.a5c.ai/repository': 'acme/web', 'krate.a5c.ai/org': 'acme' },
      },
      spec: { type: 'repository', owner: 'group:default/acme', dependsOn: ['component:acme/api'] },
    });
  });

  it('makes a person one user, member of every organization and team they are in', () => {
    const entities = given(
      ...ada('acme'),
      ...ada('globex'),
      object('Team', 'krate-org-acme', 'core', { displayName: 'Core', members: ['ada'], maintainers: [] }),
    );
    const users = entities.filter(entity => entity.kind === 'User');
    expect(users).toHaveLength(1);
    expect(users[0].metadata).toMatchObject({ name: 'ada', namespace: 'default' });
    expect(users[0].spec!.memberOf).toEqual(['group:default/acme', 'group:acme/core', 'group:default/globex']);
  });

  it.each([
    { reason: 'a User nobody signs in as', objects: ada('acme').slice(0, 1) },
    { reason: 'a mapping whose User is gone', objects: ada('acme').slice(1) },
    { reason: 'a disabled User', objects: [{ ...ada('acme')[0], spec: { displayName: 'Ada', email: 'a@b.c', disabled: true } }, ada('acme')[1]] },
  ])('leaves out $reason', ({ objects }) => {
    expect(given(...objects).filter(entity => entity.kind === 'User')).toEqual([]);
  });

  it('puts teams below their organization', () => {
    const entities = given(
      object('Organization', 'krate-system', 'acme', { displayName: 'Acme' }),
      object('Team', 'krate-org-acme', 'core', { displayName: 'Core', members: [], maintainers: [] }),
    );
    expect(entities.map(entity => [entity.metadata.namespace, entity.metadata.name, entity.spec!.parent])).toEqual([
      ['default', 'acme', undefined],
      ['acme', 'core', 'group:default/acme'],
    ]);
  });
});
