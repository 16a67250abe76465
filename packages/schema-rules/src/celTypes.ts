import type { Environment } from '@marcbachmann/cel-js';
import { StructuralSchema } from '@krate/resource-model';
import { celName } from './names';

const SCALARS: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
};
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'google.protobuf.Timestamp',
  date: 'google.protobuf.Timestamp',
};

/** Of metadata a rule sees what no update can change. */
const METADATA: StructuralSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, generateName: { type: 'string' } },
};

/** The schema as rules see it: with the two fields of metadata that Kubernetes lets them read. */
export function visibleSchema(root: StructuralSchema): StructuralSchema {
  return { ...root, properties: { ...root.properties, metadata: METADATA } };
}

/**
 * Declares the types of a schema, so that a rule about a field that is not there, or of another type, is refused before it
 * ever runs. Content that is not ours is `dyn`.
 *
 * @param name - of the type, unique in the environment
 * @returns the name of the schema's own type
 */
export function declareType(environment: Environment, schema: StructuralSchema, name: string): string {
  if (schema['x-kubernetes-int-or-string']) return 'dyn';
  if (schema.type === 'array')
    return `list<${declareType(environment, schema.items ?? {}, `${name}.items`)}>`;
  if (schema.additionalProperties)
    return `map<string, ${declareType(environment, schema.additionalProperties, `${name}.values`)}>`;
  if (schema.properties) return declareObject(environment, schema.properties, name);
  if (schema.format && FORMATS[schema.format]) return FORMATS[schema.format];
  return SCALARS[schema.type ?? ''] ?? 'dyn';
}

function declareObject(
  environment: Environment,
  properties: Readonly<Record<string, StructuralSchema>>,
  name: string,
): string {
  const fields = Object.entries(properties).flatMap(([field, schema]) => {
    const known = celName(field);
    return known ? [[known, declareType(environment, schema, `${name}.${known}`)]] : [];
  });
  environment.registerType({ name, schema: Object.fromEntries(fields) });
  return name;
}
