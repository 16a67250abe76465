import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { CatalogProcessor, CatalogProcessorEmit, processingResult } from '@backstage/plugin-catalog-node';
import { KRATE_GROUP } from '@krate/resource-model';

type LocationSpec = Parameters<NonNullable<CatalogProcessor['postProcessEntity']>>[1];

/** Only what the provider made is related by its `spec.references`; a file in a repository cannot claim to be that. */
const KRATE_LOCATION = 'krate';

/**
 * Lets the catalog know Krate's own kinds, and turns the references that resources declare into relations: parts of a
 * project, interfaces a component consumes, otherwise dependencies.
 */
export class KrateKindProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'KrateKindProcessor';
  }

  async validateEntityKind({ apiVersion, kind, spec }: Entity): Promise<boolean> {
    if (!apiVersion.startsWith(`${KRATE_GROUP}/`)) return false;
    if (typeof spec?.owner !== 'string') throw new Error(`A ${kind} of the catalog needs spec.owner`);
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (location.type !== KRATE_LOCATION) return entity;
    const self = getCompoundEntityRef(entity);
    const relate = (to: string, [there, back]: readonly [string, string]) => {
      const target = parseEntityRef(to);
      emit(processingResult.relation({ source: self, target, type: there }));
      emit(processingResult.relation({ source: target, target: self, type: back }));
    };
    if (entity.apiVersion.startsWith(`${KRATE_GROUP}/`))
      relate(String(entity.spec!.owner), [RELATION_OWNED_BY, RELATION_OWNER_OF]);
    for (const to of referencesIn(entity)) relate(to, relationsBetween(entity.kind, parseEntityRef(to).kind));
    return entity;
  }
}

function referencesIn({ spec }: Entity): string[] {
  return Array.isArray(spec?.references) ? spec.references.filter(ref => typeof ref === 'string') : [];
}

function relationsBetween(from: string, to: string): readonly [there: string, back: string] {
  if (from === 'System') return [RELATION_HAS_PART, RELATION_PART_OF];
  if (to === 'system') return [RELATION_PART_OF, RELATION_HAS_PART];
  if (from === 'Component' && to === 'api') return [RELATION_CONSUMES_API, RELATION_API_CONSUMED_BY];
  return [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF];
}
