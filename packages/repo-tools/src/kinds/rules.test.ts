import { StructuralSchema, structuralSchemaOf, validateValue } from '@krate/resource-model';
import { compileRules, matches } from '@krate/schema-rules';
import { readKinds } from '../generate/readKinds';

const kinds = readKinds().map(kind => [kind.kind, kind] as const);

/** Every pattern of a schema. */
function patternsOf(schema: StructuralSchema): string[] {
  const { pattern, allOf = [], properties = {}, items, additionalProperties } = schema;
  const children = [...Object.values(properties), items, additionalProperties];
  const own = [pattern, ...allOf.map(rule => rule.pattern)].filter(found => found !== undefined);
  return [...own, ...children.flatMap(child => (child ? patternsOf(child) : []))];
}

describe.each(kinds)('what %s forbids', (_, kind) => {
  const schema = structuralSchemaOf(kind);

  it('is well-formed and cheap enough', () => {
    expect(() => compileRules(schema)).not.toThrow();
  });

  it('is said in patterns that take linear time', () => {
    for (const pattern of patternsOf(schema)) expect(() => matches('', pattern)).not.toThrow();
  });

  it('is nothing that its examples do', () => {
    for (const { metadata: _m, ...example } of kind.examples)
      expect(validateValue(schema, example, '', matches)).toEqual([]);
  });
});
