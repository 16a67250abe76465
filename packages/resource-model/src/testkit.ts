import { applyDefaults } from './applyDefaults';
import { Kind } from './defineKind';
import { columnsOf, fieldSchemaOf } from './derive/printerColumnsOf';
import { parsePath } from './fieldPath';
import { cloneJson, JsonObject } from './isObject';
import { pruneObject } from './pruneObject';
import { referencePathsOf } from './referencesOf';
import { StructuralSchema } from './StructuralSchema';
import { structuralSchemaOf } from './structuralSchemaOf';
import { sameJson } from './sameJson';
import { validateObject } from './validateObject';
import { validateValue } from './validateValue';

/** One rule checked of one kind. */
export interface ConformanceCase {
  /** `Repository: examples are valid`. */
  name: string;
  /** @throws Error that says what is wrong and where */
  check(): void;
}

/**
 * What every kind must keep to, as cases for a test runner:
 *
 * @example it.each(kindConformanceCases(forgeKinds, { alsoInstalled: ['Organization'] }))('$name', ({ check }) => expect(check).not.toThrow());
 *
 * @param alsoInstalled - names of kinds of other areas that references may point to
 * @param explained - hold the kinds to a description of every field, so that `kubectl explain` is never silent
 */
export function kindConformanceCases(
  kinds: readonly Kind[],
  { alsoInstalled = [], explained = false }: { alsoInstalled?: readonly string[]; explained?: boolean } = {},
): ConformanceCase[] {
  const targets = new Set([...kinds.map(kind => kind.kind), ...alsoInstalled]);
  const rules: Record<string, (kind: Kind) => string[]> = {
    'the schema is structural': structuralFaults,
    'there are examples, and they are valid': exampleFaults,
    'defaults are stable': unstableDefaults,
    'defaults are valid': kind => invalidDefaults(structuralSchemaOf(kind), ''),
    'references have a target': kind => danglingReferences(kind, targets),
    'paths lead to fields': missingPaths,
    'conditions are named well': conditionFaults,
    'actions can be authorized and stamped': actionFaults,
    'names fit': longNames,
    ...(explained ? { 'every field is explained': unexplainedFields } : {}),
  };
  return kinds.flatMap(kind =>
    Object.entries(rules).map(([rule, faults]) => ({
      name: `${kind.kind}: ${rule}`,
      check: () => refuse(kind, faults(kind)),
    })),
  );
}

function refuse(kind: Kind, faults: string[]) {
  if (faults.length > 0) throw new Error(`${kind.kind}:\n- ${faults.join('\n- ')}`);
}

function structuralFaults(kind: Kind): string[] {
  structuralSchemaOf(kind);
  return [];
}

function exampleFaults(kind: Kind): string[] {
  if (kind.examples.length === 0) return ['has no example'];
  return kind.examples.flatMap((example, i) => {
    const { object, unknownFields } = pruneObject(structuralSchemaOf(kind), example);
    const causes = validateObject(kind, applyDefaults(structuralSchemaOf(kind), object));
    return [
      ...unknownFields.map(field => `examples[${i}] has the unknown field ${field}`),
      ...causes.map(({ field, message }) => `examples[${i}] ${field}: ${message}`),
      ...(example.status === undefined ? [] : [`examples[${i}] has a status, which nobody can apply`]),
    ];
  });
}

/** Defaults applied once must be valid and stay as they are: an update without changes then changes nothing. */
function unstableDefaults(kind: Kind): string[] {
  const schema = structuralSchemaOf(kind);
  return kind.examples.flatMap((example, i) => {
    const once = applyDefaults(schema, example as JsonObject);
    const again = applyDefaults(schema, pruneObject(schema, cloneJson(once)).object);
    return sameJson(once, again) ? [] : [`examples[${i}] changes when defaults are applied a second time`];
  });
}

/** An API server refuses a CRD whose defaults its own schema refuses. */
function invalidDefaults(schema: StructuralSchema, path: string): string[] {
  const children: [string, StructuralSchema][] = [
    ...Object.entries(schema.properties ?? {}).map(([name, child]): [string, StructuralSchema] => [
      path ? `${path}.${name}` : name,
      child,
    ]),
    ...(schema.items ? [[`${path}[]`, schema.items] as [string, StructuralSchema]] : []),
    ...(schema.additionalProperties
      ? [[`${path}.*`, schema.additionalProperties] as [string, StructuralSchema]]
      : []),
  ];
  return children.flatMap(([at, child]) => [
    ...(child.default === undefined ? [] : defaultFaults(child, at)),
    ...invalidDefaults(child, at),
  ]);
}

function defaultFaults(schema: StructuralSchema, path: string): string[] {
  const { value } = applyDefaults({ type: 'object', properties: { value: schema } }, {});
  return validateValue(schema, value, path).map(
    ({ field, message }) => `the default of ${path} is invalid: ${field}: ${message}`,
  );
}

function danglingReferences(kind: Kind, targets: ReadonlySet<string>): string[] {
  return referencePathsOf(kind)
    .filter(reference => reference.path !== 'spec.organizationRef' && !targets.has(reference.kind))
    .map(({ path, kind: target }) => `${path} refers to ${target}, which is not installed`);
}

function missingPaths(kind: Kind): string[] {
  const { immutable = [], selectableFields = [], actions = {}, author, numbered } = kind;
  const paths: [string, string][] = [
    ...columnsOf(kind).flatMap((column): [string, string][] =>
      'path' in column ? [[`column ${column.name}`, column.path]] : [],
    ),
    ...immutable.map((path): [string, string] => ['immutable', path]),
    ...selectableFields.map((path): [string, string] => ['selectableFields', path]),
    ...Object.entries(actions).flatMap(([name, { field, by, at }]) =>
      [field, by, at].map((path): [string, string] => [`action ${name}`, path]),
    ),
    ...(author ? [['author', author] as [string, string]] : []),
    ...(numbered
      ? [numbered.counter, numbered.field].map((path): [string, string] => ['numbered', path])
      : []),
  ];
  return [
    ...paths
      .filter(([, path]) => !fieldSchemaOf(kind, path))
      .map(([what, path]) => `${what}: the schema has no field ${path}`),
    ...paths
      .filter(([what, path]) => !what.startsWith('column ') && crossesList(kind, path))
      .map(([what, path]) => `${what}: ${path} goes through a list, so that it names no one value`),
  ];
}

function crossesList(kind: Kind, path: string): boolean {
  const names = parsePath(path);
  return names.some((_, i) => i > 0 && fieldSchemaOf(kind, names.slice(0, i).join('.'))?.type === 'array');
}

function conditionFaults(kind: Kind): string[] {
  const declared = Object.entries(kind.conditions ?? {});
  const isName = (name: string) => /^[A-Z][A-Za-z0-9]*$/.test(name);
  const columns = columnsOf(kind).flatMap(column =>
    'condition' in column && !kind.conditions?.[column.condition] ? [column.name] : [],
  );
  return [
    ...columns.map(name => `column ${name} shows a condition that is not declared`),
    ...declared.flatMap(([type, reasons]) =>
      [type, ...reasons].filter(name => !isName(name)).map(name => `${type}: ${name} is not UpperCamelCase`),
    ),
    ...declared.filter(([, reasons]) => reasons.length === 0).map(([type]) => `${type} has no reasons`),
  ];
}

/** A stamp must be optional, since the caller leaves it to the server. */
function actionFaults(kind: Kind): string[] {
  const authorFaults =
    kind.author && isRequired(kind, kind.author) ? [`author: ${kind.author} must be optional`] : [];
  return authorFaults.concat(stampFaults(kind));
}

function stampFaults(kind: Kind): string[] {
  return Object.entries(kind.actions ?? {}).flatMap(([name, { field, by, at }]) =>
    [field, by, at]
      .filter(path => isRequired(kind, path))
      .map(path => `action ${name}: ${path} must be optional`),
  );
}

function isRequired(kind: Kind, path: string): boolean {
  const cut = path.lastIndexOf('.');
  const parent = fieldSchemaOf(kind, path.slice(0, Math.max(cut, 0)));
  return parent?.required?.includes(path.slice(cut + 1)) ?? false;
}

/** `apiVersion`, `kind` and `metadata` are Kubernetes' own; a reference is explained by what it points to. */
function unexplainedFields(kind: Kind): string[] {
  const { spec, status } = structuralSchemaOf(kind).properties ?? {};
  return [...silentFields(spec, 'spec'), ...silentFields(status, 'status')];
}

function silentFields(schema: StructuralSchema | undefined, path: string): string[] {
  if (!schema) return [];
  const item = schema.items ?? schema.additionalProperties;
  const own = schema.description || schema['x-krate-ref'] ? [] : [`${path} has no description`];
  return [...own, ...fieldsBelow(schema, path), ...(item ? fieldsBelow(item, path) : [])];
}

function fieldsBelow(schema: StructuralSchema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    silentFields(child, `${path}.${name}`),
  );
}

function longNames(kind: Kind): string[] {
  const names = [
    kind.kind,
    kind.plural,
    ...(kind.shortNames ?? []),
    ...kind.examples.map(({ metadata }) => String((metadata as JsonObject)?.name ?? '')),
  ];
  return names.filter(name => name.length > 63).map(name => `${name} is longer than 63 characters`);
}
