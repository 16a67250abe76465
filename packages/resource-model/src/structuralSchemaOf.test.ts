import { z } from 'zod';
import { Gadget, Organization, Repository, Secret } from './__fixtures__/sampleKinds';
import { anyObject } from './anyObject';
import { defineKind } from './defineKind';
import { ref } from './ref';
import { structuralSchemaOf } from './structuralSchemaOf';

const kindWith = (field: z.ZodType) =>
  defineKind({
    kind: 'Odd',
    plural: 'odds',
    area: 'workshop',
    storage: 'config',
    summary: 'Has one field.',
    writableBy: 'developer',
    spec: z.object({ nested: z.object({ field }) }),
    examples: [],
  });
const fieldOf = (field: z.ZodType) =>
  structuralSchemaOf(kindWith(field)).properties?.spec.properties?.nested.properties?.field;

describe('structuralSchemaOf', () => {
  it('describes the whole object', () => {
    const schema = structuralSchemaOf(Gadget);
    expect(Object.keys(schema.properties!)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    expect(schema.required).toEqual(['spec']);
    expect(schema.properties!.metadata).toEqual({ type: 'object' });
    expect(schema.properties!.spec.required).toEqual(['repository']);
    expect(schema.properties!.status.required).toBeUndefined();
    expect(schema.properties!.status.properties!.conditions['x-kubernetes-list-map-keys']).toEqual(['type']);
  });

  it('is made once per kind', () => {
    expect(structuralSchemaOf(Gadget)).toBe(structuralSchemaOf(Gadget));
  });

  it('gives an absent spec that needs nothing a default', () => {
    expect(structuralSchemaOf(Repository).properties!.spec.default).toEqual({});
    expect(structuralSchemaOf(Repository).required).toBeUndefined();
  });

  it('puts the payload of a flat kind at the top level', () => {
    expect(Object.keys(structuralSchemaOf(Secret).properties!)).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'type',
      'data',
    ]);
  });

  it.each([
    { reason: 'a namespaced kind belongs to an organization', kind: Gadget, want: true },
    { reason: 'a platform kind belongs to none', kind: Organization, want: false },
    { reason: 'a core kind is not ours to extend', kind: Secret, want: false },
  ])('organizationRef: $reason', ({ kind, want }) => {
    const { spec } = structuralSchemaOf(kind).properties!;
    expect(spec?.properties?.organizationRef !== undefined).toBe(want);
    expect(spec?.required ?? []).not.toContain('organizationRef');
  });

  it.each<{ reason: string; field: z.ZodType; want: unknown }>([
    {
      reason: 'an integer has a format instead of its JavaScript bounds',
      field: z.int().min(1),
      want: { type: 'integer', format: 'int64', minimum: 1 },
    },
    { reason: 'a 32-bit integer', field: z.int32(), want: { type: 'integer', format: 'int32' } },
    { reason: 'a literal is an enum of one', field: z.literal('x'), want: { type: 'string', enum: ['x'] } },
    {
      reason: 'an exclusive bound is a flag',
      field: z.number().gt(0),
      want: { type: 'number', minimum: 0, exclusiveMinimum: true },
    },
    {
      reason: 'a known format replaces its pattern',
      field: z.iso.datetime({ offset: true }),
      want: { type: 'string', format: 'date-time' },
    },
    { reason: 'base64 is called byte', field: z.base64(), want: { type: 'string', format: 'byte' } },
    {
      reason: 'several patterns',
      field: z.string().regex(/a/).regex(/b/),
      want: { type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] },
    },
    {
      reason: 'a pattern as long as RE2 takes',
      field: z.string().regex(/^a{1,1000}$/),
      want: { type: 'string', pattern: '^a{1,1000}$' },
    },
    {
      reason: 'a record',
      field: z.record(z.string(), z.boolean()),
      want: { type: 'object', additionalProperties: { type: 'boolean' } },
    },
    {
      reason: 'integer or string',
      field: z.union([z.int(), z.string()]),
      want: { 'x-kubernetes-int-or-string': true },
    },
    {
      reason: 'free content',
      field: anyObject(),
      want: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
    {
      reason: 'null is allowed where declared',
      field: z.string().nullable(),
      want: { type: 'string', nullable: true },
    },
    {
      reason: 'a reference keeps its kind and description',
      field: ref('Repository').describe('Sources.'),
      want: expect.objectContaining({
        type: 'string',
        maxLength: 253,
        description: 'Sources.',
        'x-krate-ref': { kind: 'Repository' },
      }),
    },
    {
      reason: 'defaults nest',
      field: z.object({ times: z.int().default(2) }).prefault({}),
      want: {
        type: 'object',
        default: {},
        properties: { times: { type: 'integer', format: 'int64', default: 2 } },
      },
    },
  ])('translates: $reason', ({ field, want }) => {
    expect(fieldOf(field)).toEqual(want);
  });

  const tree: z.ZodType = z.object({ get children() { return z.array(tree); } }); // prettier-ignore
  it.each<{ reason: string; field: z.ZodType; says: RegExp }>([
    { reason: 'transform', field: z.string().transform(Number), says: /transforms/ },
    { reason: 'trim', field: z.string().trim(), says: /changes its value/ },
    { reason: 'coercion', field: z.coerce.number(), says: /coerces/ },
    { reason: 'catch', field: z.string().catch('x'), says: /hides invalid/ },
    { reason: 'refinement', field: z.string().refine(x => x !== 'x'), says: /refinement/ },
    { reason: 'union', field: z.union([z.string(), z.boolean()]), says: /union/ },
    {
      reason: 'discriminated union',
      field: z.discriminatedUnion('a', [z.object({ a: z.literal('x') }), z.object({ a: z.literal('y') })]),
      says: /union/,
    },
    { reason: 'tuple', field: z.tuple([z.string()]), says: /tuple/ },
    { reason: 'lazy recursion', field: z.json(), says: /recursive|union/ },
    { reason: 'recursion through a getter', field: tree, says: /recursive/ },
    { reason: 'named schema', field: z.string().meta({ id: 'named' }), says: /id/ },
    { reason: 'any', field: z.any(), says: /no type/ },
    {
      reason: 'unknown values of a record',
      field: z.record(z.string(), z.unknown()),
      says: /field\.\* has no type/,
    },
    {
      reason: 'loose object without the flag',
      field: z.looseObject({ a: z.string() }),
      says: /known and unknown/,
    },
    { reason: 'strict object', field: z.strictObject({ a: z.string() }), says: /strict object/ },
    {
      reason: 'record with constrained keys',
      field: z.partialRecord(z.enum(['a']), z.string()),
      says: /constrained keys/,
    },
    { reason: 'bigint', field: z.bigint(), says: /bigint/ },
    { reason: 'date', field: z.date(), says: /Date/ },
    { reason: 'a pattern with flags', field: z.string().regex(/a/i), says: /with flags/ },
    { reason: 'lookahead', field: z.string().regex(/^(?!x)/), says: /lookaround/ },
    { reason: 'a Unicode escape', field: z.string().regex(/\u00e9/), says: /RE2/ },
    { reason: 'too many repeats', field: z.string().regex(/^a{1,2000}$/), says: /RE2/ },
    {
      reason: 'a set of objects',
      field: z.array(z.object({})).meta({ 'x-kubernetes-list-type': 'set' }),
      says: /set of objects/,
    },
    { reason: 'ISO duration', field: z.iso.duration(), says: /duration/ },
    {
      reason: 'list map with an optional key',
      field: z
        .array(z.object({ name: z.string().optional() }))
        .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }),
      says: /key of a list map/,
    },
  ])('refuses: $reason', ({ field, says }) => {
    const load = () => structuralSchemaOf(kindWith(field));
    expect(load).toThrow(says);
    expect(load).toThrow(/^Kind Odd cannot become a structural schema: spec/);
  });

  it('names the field that is at fault', () => {
    expect(() => structuralSchemaOf(kindWith(z.array(z.object({ when: z.date() }))))).toThrow(
      /spec\.nested\.field\[\]\.when is a Date/,
    );
  });
});
