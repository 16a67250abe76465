import { Entity } from '@backstage/catalog-model';
import { Kind, KindRegistry, referencesOf, Resource } from '@krate/resource-model';
import { organizationOf, Organization, Team } from '@krate/plugin-control-plane-common';

/** Names of the annotations that tie an entity to its resource. */
const RESOURCE_ANNOTATION = 'krate.a5c.ai/resource';
const ORGANIZATION_ANNOTATION = 'krate.a5c.ai/org';
const REPOSITORY_ANNOTATION = 'krate.a5c.ai/repository';

/** All objects of the mirrored kinds, by kind name. */
export type Snapshot = ReadonlyMap<string, readonly Resource[]>;

const organizationGroup = (organization: string) => `group:default/${organization}`;

/**
 * The whole catalog as the resources have it: a pure function, so that what the catalog should hold never depends on
 * what it held before. Entities are slim; pages read the control plane.
 *
 * Organizations are groups in the namespace `default`; everything else lives in the catalog namespace of its
 * organization, people included: a person is one User entity in each organization they belong to, so that nobody learns
 * from the catalog where else a colleague works.
 */
export function project(kinds: KindRegistry, snapshot: Snapshot): Entity[] {
  const teams = (snapshot.get(Team.kind) ?? []) as unknown as readonly Team[];
  return [...snapshot].flatMap(([name, objects]) => {
    const kind = kinds.kind(name);
    if (!kind?.catalog) return [];
    return objects
      .filter(object => name === Organization.kind || organizationOf(object.metadata.namespace))
      .map(object => entityOf({ kinds, teams }, kind, object));
  });
}

function entityOf(
  { kinds, teams }: { kinds: KindRegistry; teams: readonly Team[] },
  kind: Kind,
  object: Resource,
): Entity {
  const organization = organizationOf(object.metadata.namespace) ?? object.metadata.name;
  const spec = object.spec as Record<string, any>;
  const entity = base(kind, object, {
    namespace: kind.kind === Organization.kind ? 'default' : organization,
    organization,
    title: spec.displayName,
    description: spec.description,
  });
  switch (kind.catalog!.as) {
    case 'Group':
      return {
        ...entity,
        spec: {
          type: kind.catalog!.type ?? kind.kind.toLowerCase(),
          profile: { displayName: spec.displayName },
          ...(kind.kind === Organization.kind ? {} : { parent: organizationGroup(organization) }),
          children: [],
        },
      };
    case 'User':
      return {
        ...entity,
        spec: {
          profile: { displayName: spec.displayName, email: spec.email },
          memberOf: [
            organizationGroup(organization),
            ...teamsOf(teams, object).map(team => `group:${organization}/${team}`),
          ],
        },
      };
    case 'Component':
    case 'Resource':
      return {
        ...entity,
        spec: {
          type: kind.catalog!.type ?? kind.kind.toLowerCase(),
          lifecycle: 'production',
          owner: organizationGroup(organization),
          dependsOn: dependencies(kinds, kind, object, organization),
        },
      };
    default:
      return { ...entity, spec: { owner: organizationGroup(organization), type: kind.catalog!.type } };
  }
}

/** References to objects that are in the catalog themselves. */
function dependencies(kinds: KindRegistry, kind: Kind, object: Resource, organization: string): string[] {
  return referencesOf(kind, object).flatMap(reference => {
    const form = kinds.kind(reference.kind)?.catalog;
    if (form?.as !== 'Component' && form?.as !== 'Resource') return [];
    return [`${form.as.toLowerCase()}:${organization}/${reference.name}`];
  });
}

function teamsOf(teams: readonly Team[], user: Resource): string[] {
  return teams
    .filter(team => team.metadata.namespace === user.metadata.namespace)
    .filter(team => [...team.spec.members, ...team.spec.maintainers].includes(user.metadata.name))
    .map(team => team.metadata.name);
}

function base(
  kind: Kind,
  object: Resource,
  options: { namespace: string; organization?: string; title?: string; description?: string },
): Entity {
  const path = `${object.metadata.namespace}/${object.metadata.name}`;
  const location = `krate:${kind.plural}/${path}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind.catalog!.as ?? kind.kind,
    metadata: {
      name: object.metadata.name,
      namespace: options.namespace,
      ...(options.title ? { title: options.title } : {}),
      ...(options.description ? { description: options.description } : {}),
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        [RESOURCE_ANNOTATION]: `${kind.plural}/${path}`,
        ...(options.organization ? { [ORGANIZATION_ANNOTATION]: options.organization } : {}),
        ...(kind.kind === 'Repository'
          ? { [REPOSITORY_ANNOTATION]: `${options.organization}/${object.metadata.name}` }
          : {}),
      },
    },
  };
}
