import { KindFacts, ReferencePath, StructuralSchema } from '@krate/resource-model';
import { ResourceType } from '../resource/identity';

/** All that a screen knows of a kind it was not built with: what the server's OpenAPI document says. */
export interface KindInfo extends ResourceType, Omit<KindFacts, 'plural' | 'clusterScoped'> {
  /** Of the whole object, metadata included. */
  schema: StructuralSchema;
  /** Every place, in spec or status, that names an object of another kind. */
  references: readonly ReferencePath[];
}
