import { Entity } from '@backstage/catalog-model';
import { Team } from '@krate/plugin-control-plane-common';
import { KindRegistry, Resource } from '@krate/resource-model';
import { EntityNames, entityNames, isMirrored, isMirroredKind, Snapshot } from './entityNames';
import { entityOf } from './entityOf';

/**
 * The whole catalog as the resources have it: a pure function, so that what the catalog should hold never depends on
 * what it held before. Entities are slim; pages read the control plane.
 *
 * Organizations are groups in the namespace `default`; everything else lives in the catalog namespace of its
 * organization, people included: a person is one User entity in each organization they belong to, so that nobody learns
 * from the catalog where else a colleague works.
 */
export function project(kinds: KindRegistry, snapshot: Snapshot): Entity[] {
  const names = entityNames(kinds, snapshot);
  const teams = teamsByUser((snapshot.get(Team.kind) ?? []) as readonly Team[], names);
  return [...snapshot].flatMap(([name, objects]) => {
    const kind = kinds.kind(name);
    if (!kind || !isMirroredKind(kind)) return [];
    return objects
      .filter(({ metadata }) => isMirrored(kind, metadata.namespace))
      .map(object => {
        const ref = names(kind.kind, object.metadata.namespace, object.metadata.name)!;
        return entityOf(kind, object, { ref, names, teams: teams(object) });
      });
  });
}

/** The entities of the teams that a user is in. */
function teamsByUser(teams: readonly Team[], names: EntityNames): (user: Resource) => readonly string[] {
  const byUser = new Map<string, string[]>();
  for (const { metadata, spec } of teams) {
    const ref = names(Team.kind, metadata.namespace, metadata.name)?.text;
    if (!ref) continue;
    for (const user of new Set([...(spec.members ?? []), ...(spec.maintainers ?? [])])) {
      const key = `${metadata.namespace}/${user}`;
      byUser.set(key, [...(byUser.get(key) ?? []), ref]);
    }
  }
  return ({ metadata }) => byUser.get(`${metadata.namespace}/${metadata.name}`) ?? [];
}
