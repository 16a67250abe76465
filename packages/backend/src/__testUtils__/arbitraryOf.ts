import fc from 'fast-check';
import { resolved, Schema } from './operations';

/** A word that many requests share, so that one finds what another made. */
const names = fc.constantFrom('web', 'fixer', 'model-key', 'a', 'web-1');

/** Values of a JSON Schema, as far as the document uses it; now and then something quite different. */
export function arbitraryOf(schema: Schema, document: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fitting(resolved(schema, document), document) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
}

function fitting(schema: Schema, document: Schema): fc.Arbitrary<unknown> {
  const inner = (each: Schema) => arbitraryOf(each, document);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inner));
  switch (schema.type) {
    case 'string':
      return fc.oneof(names, fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 10 }));
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -5, max: 50 }), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return objectOf(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(schema: Schema, inner: (each: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries<Schema>(schema.properties ?? {});
  const known = fc.record(Object.fromEntries(properties.map(([name, property]) => [name, inner(property)])), {
    requiredKeys: (schema.required ?? []) as never[],
  });
  if (schema.additionalProperties === false) return known;
  const others = fc.dictionary(names, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
  return fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own }));
}
