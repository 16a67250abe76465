import { Entity } from '@backstage/catalog-model';
import { organizationOf, Organization } from '@krate/plugin-control-plane-common';
import { Kind, Reference, referencesOf, Resource } from '@krate/resource-model';
import { ORGANIZATION_ANNOTATION, REPOSITORY_ANNOTATION, RESOURCE_ANNOTATION } from './annotations';
import { EntityNames, entityTypeOf, Ref } from './entityNames';

/** A reference by a field of such a name says who an object belongs to, when it names a team. */
const OWNER_FIELD = /^spec\.(owner|ownerRef|ownerTeam|ownerTeamRef|team|teamRef)$/;
/** What Backstage allows as a tag. */
const TAG = /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/;

type Fields = Record<string, any>;

/** The slim entity of one object: what it is called, who owns it, what it refers to. */
export function entityOf(
  kind: Kind,
  object: Resource,
  { ref, names, teams }: { ref: Ref; names: EntityNames; teams: readonly string[] },
): Entity {
  const { namespace } = object.metadata;
  const organization = organizationOf(namespace) ?? object.metadata.name;
  const targets = referencesOf(kind, { spec: object.spec }).flatMap(reference => {
    const target = names(reference.kind, namespace, reference.name);
    return target ? [{ reference, target }] : [];
  });
  return {
    ...headOf(kind, object, ref, organization),
    spec: specOf(kind, object, { targets, teams, organization }),
  };
}

function headOf(
  kind: Kind,
  { metadata, spec }: Resource,
  ref: Ref,
  organization: string,
): Omit<Entity, 'spec'> {
  const { displayName, title, description, topics } = spec as Fields;
  const location = `krate:${kind.plural}/${metadata.namespace}/${metadata.name}`;
  const shown = displayName ?? title ?? (ref.name === metadata.name ? undefined : metadata.name);
  const tags = Array.isArray(topics) ? topics.filter(topic => TAG.test(topic)) : [];
  return {
    apiVersion: kind.catalog!.as ? 'backstage.io/v1alpha1' : kind.apiVersion,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      ...(shown ? { title: shown } : {}),
      ...(description ? { description } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        [RESOURCE_ANNOTATION]: location.slice('krate:'.length),
        [ORGANIZATION_ANNOTATION]: organization,
        ...(kind.kind === 'Repository'
          ? { [REPOSITORY_ANNOTATION]: `${organization}/${metadata.name}` }
          : {}),
      },
    },
  };
}

interface Surroundings {
  targets: readonly { reference: Reference; target: Ref }[];
  teams: readonly string[];
  organization: string;
}

function specOf(kind: Kind, object: Resource, { targets, teams, organization }: Surroundings): Fields {
  const spec = object.spec as Fields;
  const group = `group:default/${organization}`;
  const type = entityTypeOf(kind);
  const profile = { displayName: spec.displayName, email: spec.email };
  const ownerTeam = targets.find(
    ({ reference: { path, kind: to } }) => to === 'Team' && OWNER_FIELD.test(path),
  );
  const owner = ownerTeam?.target.text ?? group;
  const { dependsOn, references } = splitTargets(
    kind,
    targets.filter(target => target !== ownerTeam),
  );
  switch (kind.catalog!.as) {
    case 'Group': {
      const parent = kind.kind === Organization.kind ? {} : { parent: group };
      return { type, profile: { displayName: spec.displayName }, ...parent, children: [] };
    }
    case 'User':
      return { profile, memberOf: [group, ...teams] };
    case 'Component':
    case 'Resource': {
      const lifecycle = spec.archived ? 'archived' : 'production';
      return { type, lifecycle, owner, dependsOn, ...references };
    }
    case 'API': {
      const definition = spec.description ?? kind.summary;
      return { type, lifecycle: 'production', owner, definition, ...remotesOf(type, spec), ...references };
    }
    default:
      return { type, owner, ...references };
  }
}

/** Components and resources depend on one another in Backstage's own words; the rest is related by Krate's processor. */
function splitTargets(kind: Kind, targets: Surroundings['targets']) {
  const native = (as: string | undefined) => as === 'Component' || as === 'Resource';
  const isNative = native(kind.catalog!.as);
  const refs = (some: typeof targets) => [...new Set(some.map(({ target }) => target.text))];
  const dependsOn = refs(targets.filter(({ target }) => isNative && native(target.kind)));
  const references = refs(targets.filter(({ target }) => !(isNative && native(target.kind))));
  return { dependsOn, references: references.length > 0 ? { references } : {} };
}

/** Backstage wants to know of an MCP server where it answers; one that is started on demand answers nowhere. */
function remotesOf(type: string, { transport, url }: Fields): Fields {
  if (type !== 'mcp-server') return {};
  return { remotes: [{ type: transport ?? 'stdio', url: url ?? 'started for each run' }] };
}
