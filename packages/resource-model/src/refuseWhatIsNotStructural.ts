import { z } from 'zod';

const TYPES = new Set([
  'string', 'number', 'int', 'boolean', 'object', 'array', 'record', 'enum', 'literal', 'union', 'any', 'unknown',
  'optional', 'nonoptional', 'nullable', 'default', 'prefault', 'readonly', 'template_literal',
]); // prettier-ignore

const CHECKS = new Set([
  'max_length', 'min_length', 'length_equals', 'greater_than', 'less_than', 'multiple_of', 'number_format', 'string_format',
]); // prettier-ignore

const INSTEAD: Record<string, string> = {
  pipe: 'transforms its value: store what the user wrote',
  transform: 'transforms its value: store what the user wrote',
  catch: 'hides invalid values: use default()',
  tuple: 'is a tuple: use an object with named fields',
  lazy: 'is recursive: structural schemas are trees, limit the depth',
  date: 'is a Date, which JSON does not have: use z.iso.datetime({ offset: true })',
  bigint: "is a bigint, which JSON does not have: use z.int().meta({ format: 'int64' })",
  set: "is a Set: use an array with meta 'x-kubernetes-list-type': 'set'",
  map: 'is a Map: use z.record(z.string(), ...)',
  intersection: 'is an intersection: merge the objects',
};

interface Definition {
  type: string;
  coerce?: boolean;
  keyType?: { _zod: { def: Definition } };
  checks?: { _zod: { def: { check?: string; format?: string; pattern?: RegExp } } }[];
}

/** What is wrong with one zod node, as a clause that follows the field's name; undefined when an API server can enforce it. */
export function refuseWhatIsNotStructural(schema: z.core.$ZodType): string | undefined {
  const definition = schema._zod.def as unknown as Definition;
  if (!TYPES.has(definition.type))
    return INSTEAD[definition.type] ?? `is a ${definition.type}, which no structural schema can say`;
  if (definition.coerce) return 'coerces its value: store what the user wrote';
  const check = definition.checks?.find(({ _zod }) => !CHECKS.has(_zod.def.check ?? ''));
  if (check?._zod.def.check === 'overwrite')
    return 'changes its value (trim, case): store what the user wrote, use a pattern';
  if (check) return 'has a refinement: use patterns, bounds and enums, or an admission rule of the area';
  const patterns = (definition.checks ?? [])
    .map(({ _zod }) => _zod.def)
    .filter(({ format }) => format === 'regex');
  if (patterns.some(({ pattern }) => pattern?.flags))
    return 'has a pattern with flags, which a schema cannot carry: spell both cases out';
  const key = definition.keyType?._zod.def;
  if (key && (key.type !== 'string' || key.checks?.length)) {
    return 'is a record with constrained keys: use z.string() keys, or z.object with optional fields';
  }
  return undefined;
}
