import { Kind } from './defineKind';
import { findValues } from './fieldPath';
import { JsonObject } from './isObject';
import { StructuralSchema } from './StructuralSchema';
import { structuralSchemaOf } from './structuralSchemaOf';

/** A place in a kind that names objects of another kind. */
export interface ReferencePath {
  /** Dotted path, through lists without a mark and through maps with `*`: `spec.steps.runner`. */
  path: string;
  /** The kind referred to. */
  kind: string;
}

/** One reference an object makes. */
export interface Reference {
  /** Where it stands, with list indexes: `spec.steps[0].runner`. */
  path: string;
  /** The kind referred to. */
  kind: string;
  /** The name of the object referred to. */
  name: string;
}

/** Every place of a schema that is declared with `ref`; `path` is where the schema itself stands. */
export function referencePathsIn(schema: StructuralSchema, path = ''): ReferencePath[] {
  const target = schema['x-krate-ref'];
  if (target) return [{ path, kind: target.kind }];
  const at = (name: string) => (path ? `${path}.${name}` : name);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      referencePathsIn(property, at(name)),
    ),
    ...(schema.items ? referencePathsIn(schema.items, path) : []),
    ...(schema.additionalProperties ? referencePathsIn(schema.additionalProperties, at('*')) : []),
  ];
}

const cache = new WeakMap<Kind, readonly ReferencePath[]>();

/** Every place of a kind, in spec or status, that is declared with `ref`. */
export function referencePathsOf(kind: Kind): readonly ReferencePath[] {
  const known = cache.get(kind) ?? referencePathsIn(structuralSchemaOf(kind));
  cache.set(kind, known);
  return known;
}

/** Every reference an object makes; empty names are none. */
export function referencesOf(kind: Kind, object: object): Reference[] {
  return referencePathsOf(kind).flatMap(({ path, kind: target }) =>
    findValues(object as JsonObject, path)
      .filter(({ value }) => typeof value === 'string' && value !== '')
      .map(found => ({ path: found.path, kind: target, name: found.value as string })),
  );
}
