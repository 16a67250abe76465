import { StructuralSchema } from '@krate/resource-model';
import { KindInfo } from './KindInfo';

/** A field with a plain value that objects of a kind may have. */
export interface PlainField {
  /** Dotted, through lists without a mark. `condition:Ready` for the status of a condition. */
  path: string;
  description?: string;
  /** What it may be, where that is a short list. */
  values?: readonly string[];
}

const DEEPEST = 5;

/** Every field of a kind that a filter or a column may name. */
export function fieldsOf(kind: KindInfo): PlainField[] {
  const conditions = Object.keys(kind.conditions ?? {}).map(type => ({
    path: `condition:${type}`,
    values: ['True', 'False', 'Unknown'],
  }));
  const { metadata: _, apiVersion: _a, kind: _k, ...own } = kind.schema.properties ?? {};
  const fields = Object.entries(own).flatMap(([name, schema]) => plainFields(schema, name, 1));
  const metadata = ['metadata.name', 'metadata.creationTimestamp', 'metadata.generation'].map(path => ({
    path,
  }));
  return [...metadata, ...conditions, ...fields.filter(({ path }) => !path.startsWith('status.conditions'))];
}

function plainFields(schema: StructuralSchema, path: string, depth: number): PlainField[] {
  if (schema.items) return plainFields(schema.items, path, depth);
  if (schema.properties) {
    if (depth >= DEEPEST) return [];
    return Object.entries(schema.properties).flatMap(([name, property]) =>
      plainFields(property, `${path}.${name}`, depth + 1),
    );
  }
  if (schema.type === 'object' || schema['x-krate-write-only']) return [];
  const values = schema.enum?.map(String) ?? (schema.type === 'boolean' ? ['true', 'false'] : undefined);
  return [{ path, description: schema.description, values }];
}
