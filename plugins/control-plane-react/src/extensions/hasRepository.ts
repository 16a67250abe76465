import { Entity } from '@backstage/catalog-model';
import { parseRepositoryAnnotation, REPOSITORY_ANNOTATION } from './repository';

/** Whether an entity names a Krate repository. */
export function hasRepository(entity: Entity): boolean {
  return parseRepositoryAnnotation(entity.metadata.annotations?.[REPOSITORY_ANNOTATION]) !== undefined;
}
