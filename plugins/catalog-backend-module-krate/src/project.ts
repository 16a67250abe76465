import { Entity } from '@backstage/catalog-model';
import { Kind, KindRegistry, referencesOf, Resource } from '@krate/resource-model';
import { IdentityMapping, organizationOf, Organization, Team, User } from '@krate/plugin-control-plane-common';

/** Names of the annotations that tie an entity to its resource. */
export const RESOURCE_ANNOTATION = 'krate.a5c.ai/resource';
export const ORGANIZATION_ANNOTATION = 'krate.a5c.ai/org';
export const REPOSITORY_ANNOTATION = 'krate.a5c.ai/repository';

/** All objects of the mirrored kinds, by kind name. */
export type Snapshot = ReadonlyMap<string, readonly Resource[]>;

const organizationGroup = (organization: string) => `group:default/${organization}`;

/**
 * The whole catalog as the resources have it: a pure function, so that what the catalog should hold never depends on
 * what it held before. Entities are slim; pages read the control plane.
 *
 * An object lives in the catalog namespace of its organization. Organizations and people are in `default`: a person is
 * one Backstage user, whatever number of organizations they are a User in.
 */
export function project(kinds: KindRegistry, snapshot: Snapshot): Entity[] {
  const plain = [...snapshot].flatMap(([name, objects]) => {
    const kind = kinds.kind(name);
    if (!kind?.catalog || name === User.kind) return [];
    return objects.map(object => entityOf(kinds, kind, object));
  });
  return [...plain, ...people(snapshot)];
}

function entityOf(kinds: KindRegistry, kind: Kind, object: Resource): Entity {
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

function people(snapshot: Snapshot): Entity[] {
  const users = objectsOf<User>(snapshot, User.kind);
  const teams = objectsOf<Team>(snapshot, Team.kind);
  const people = new Map<string, Entity>();

  for (const mapping of objectsOf<IdentityMapping>(snapshot, IdentityMapping.kind)) {
    const { namespace } = mapping.metadata;
    const user = users.find(
      candidate => candidate.metadata.namespace === namespace && candidate.metadata.name === mapping.spec.user,
    );
    const organization = organizationOf(namespace);
    if (!user || user.spec.disabled || mapping.spec.provider !== 'backstage') continue;

    const memberOf = organization
      ? [
          organizationGroup(organization),
          ...teams
            .filter(team => team.metadata.namespace === namespace)
            .filter(team => [...team.spec.members, ...team.spec.maintainers].includes(user.metadata.name))
            .map(team => `group:${organization}/${team.metadata.name}`),
        ]
      : [];
    const known = people.get(mapping.spec.subject);
    if (known) {
      (known.spec!.memberOf as string[]).push(...memberOf);
      continue;
    }
    people.set(mapping.spec.subject, {
      ...base(User, user, { namespace: 'default', title: user.spec.displayName }),
      metadata: {
        ...base(User, user, { namespace: 'default' }).metadata,
        name: mapping.spec.subject,
      },
      spec: { profile: { displayName: user.spec.displayName, email: user.spec.email }, memberOf },
    });
  }
  return [...people.values()];
}

function objectsOf<R>(snapshot: Snapshot, kind: string): R[] {
  return (snapshot.get(kind) ?? []) as unknown as R[];
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
        ...(kind.kind === 'Repository' ? { [REPOSITORY_ANNOTATION]: `${options.organization}/${object.metadata.name}` } : {}),
      },
    },
  };
}
