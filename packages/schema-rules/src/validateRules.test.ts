import { defineKind, StatusCause, structuralSchemaOf, ValidationRule } from '@krate/resource-model';
import { z } from 'zod';
import { compileRules } from './compileRules';
import { validateRules } from './validateRules';

const RULES = 'x-kubernetes-validations';

/** A kind whose spec has these rules. */
function specWith(rules: ValidationRule[], shape: z.ZodRawShape = {}) {
  const spec = z
    .object({
      min: z.int().optional(),
      max: z.int().optional(),
      mode: z.string().max(20).optional(),
      'weird-name': z.string().max(20).optional(),
      tags: z.array(z.string().max(10)).max(20).optional(),
      share: z.number().optional(),
      until: z.iso.datetime({ offset: true }).optional(),
      labels: z.record(z.string(), z.string().max(10)).optional(),
      ...shape,
    })
    .meta({ [RULES]: rules });
  const common = { plural: 'rulers', area: 'test', storage: 'config', writableBy: 'developer' } as const;
  return defineKind({ ...common, kind: 'Ruler', summary: 'For tests.', spec, examples: [] });
}

function causes(rules: ValidationRule[], spec: object, old?: object, shape?: z.ZodRawShape): StatusCause[] {
  const node = compileRules(structuralSchemaOf(specWith(rules, shape)));
  return validateRules(node!, { spec }, old && { spec: old });
}

const rule = (text: string, more: Partial<ValidationRule> = {}): ValidationRule => ({ rule: text, ...more });

describe('rules on values', () => {
  it.each([
    { reason: 'integers', text: 'self.min <= self.max', good: { min: 1, max: 2 }, bad: { min: 3, max: 2 } },
    {
      reason: 'fields that may be absent',
      text: '!has(self.min) || has(self.max)',
      good: {},
      bad: { min: 1 },
    },
    { reason: 'optionals', text: 'self.?mode.orValue("fast") == "fast"', good: {}, bad: { mode: 'slow' } },
    { reason: 'one of several', text: 'self.mode in ["a", "b"]', good: { mode: 'a' }, bad: { mode: 'c' } },
    {
      reason: 'every item',
      text: 'self.tags.all(t, t.startsWith("x"))',
      good: { tags: ['x'] },
      bad: { tags: ['y'] },
    },
    {
      reason: 'exactly one item',
      text: 'self.tags.exists_one(t, t == "a")',
      good: { tags: ['a'] },
      bad: { tags: [] },
    },
    {
      reason: 'keys of a map',
      text: 'self.labels.all(k, k != "no")',
      good: { labels: { a: 'b' } },
      bad: { labels: { no: 'b' } },
    },
    { reason: 'numbers', text: 'self.share <= 0.5', good: { share: 0.5 }, bad: { share: 0.6 } },
    {
      reason: 'escaped names',
      text: 'self.weird__dash__name != ""',
      good: { 'weird-name': 'x' },
      bad: { 'weird-name': '' },
    },
    {
      reason: 'times',
      text: 'self.until > timestamp("2026-01-01T00:00:00Z")',
      good: { until: '2026-02-01T00:00:00Z' },
      bad: { until: '2025-02-01T00:00:00+01:00' },
    },
    {
      reason: 'sorted lists',
      text: 'self.tags.isSorted()',
      good: { tags: ['a', 'b'] },
      bad: { tags: ['b', 'a'] },
    },
    {
      reason: 'found texts',
      text: 'self.mode.find("[0-9]+") == "12"',
      good: { mode: 'a12b' },
      bad: { mode: 'a' },
    },
    {
      reason: 'inline flags, as RE2 has them',
      text: 'self.mode.matches("(?i)^fast$")',
      good: { mode: 'FAST' },
      bad: { mode: 'faster' },
    },
  ])('judge by $reason', ({ text, good, bad }) => {
    expect(causes([rule(text)], good)).toEqual([]);
    expect(causes([rule(text)], bad)).toMatchObject([{ field: 'spec', reason: 'FieldValueInvalid' }]);
  });

  it.each([
    {
      reason: 'its own words',
      more: { message: 'too small' },
      want: { reason: 'FieldValueInvalid', field: 'spec', message: 'Invalid value: "object": too small' },
    },
    {
      reason: 'no words',
      more: {},
      want: { message: 'Invalid value: "object": failed rule: self.min > 5' },
    },
    {
      reason: 'made words',
      more: { messageExpression: '"it is " + string(self.min)', message: 'x' },
      want: { message: 'Invalid value: "object": it is 1' },
    },
    {
      reason: 'words that cannot be made',
      more: { messageExpression: 'self.mode', message: 'instead' },
      want: { message: 'Invalid value: "object": instead' },
    },
    {
      reason: 'a reason and a place',
      more: { reason: 'FieldValueForbidden', fieldPath: '.min', message: 'no' } as const,
      want: { reason: 'FieldValueForbidden', field: 'spec.min', message: 'Forbidden: no' },
    },
  ])('refuse with $reason', ({ more, want }) => {
    expect(causes([rule('self.min > 5', more)], { min: 1 })).toMatchObject([want]);
  });

  it('refuse what they cannot judge', () => {
    const [cause] = causes([rule('self.mode == "a"')], {});
    expect(cause.message).toContain('No such key: mode evaluating rule');
  });

  it('stand at items, which they name', () => {
    const port = z.object({ port: z.int() }).meta({ [RULES]: [rule('self.port != 22', { message: 'no' })] });
    const found = causes([], { ports: [{ port: 1 }, { port: 22 }] }, undefined, {
      ports: z.array(port).max(9),
    });
    expect(found).toMatchObject([{ field: 'spec.ports[1]' }]);
  });

  it('match in linear time, whatever the pattern', () => {
    const wide = { mode: z.string().max(5000) };
    const started = Date.now();
    expect(
      causes([rule('self.mode.matches("^(a+)+$")')], { mode: `${'a'.repeat(4999)}!` }, undefined, wide),
    ).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('rules on transitions', () => {
  const grows = rule('self.min >= oldSelf.min', { message: 'only upwards' });

  it('are not asked about what is new', () => {
    expect(causes([grows], { min: 1 })).toEqual([]);
  });

  it('compare with what was', () => {
    expect(causes([grows], { min: 2 }, { min: 1 })).toEqual([]);
    expect(causes([grows], { min: 1 }, { min: 2 })).toMatchObject([
      { message: expect.stringContaining('only upwards') },
    ]);
  });

  it('are asked about new values as well when the old one is optional', () => {
    const first = rule('oldSelf.hasValue() || self.min == 0', { optionalOldSelf: true });
    expect(causes([first], { min: 1 })).toHaveLength(1);
    expect(causes([first], { min: 1 }, { min: 0 })).toEqual([]);
  });

  it('find the old item of a list map by its keys', () => {
    const item = z
      .object({ name: z.string().max(9), n: z.int() })
      .meta({ [RULES]: [rule('self.n >= oldSelf.n')] });
    const list = z
      .array(item)
      .max(9)
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] });
    const before = {
      items: [
        { name: 'a', n: 5 },
        { name: 'b', n: 1 },
      ],
    };
    const after = {
      items: [
        { name: 'b', n: 2 },
        { name: 'a', n: 4 },
        { name: 'c', n: 0 },
      ],
    };
    expect(causes([], after, before, { items: list })).toMatchObject([{ field: 'spec.items[1]' }]);
  });

  it('leave what an update leaves: a rule that came later binds only what is changed', () => {
    const nested = {
      place: z
        .object({ row: z.int() })
        .meta({ [RULES]: [rule('self.row > 10')] })
        .optional(),
    };
    expect(causes([], { min: 1, place: { row: 1 } }, { min: 0, place: { row: 1 } }, nested)).toEqual([]);
    expect(causes([], { place: { row: 2 } }, { place: { row: 1 } }, nested)).toHaveLength(1);
  });
});

describe('what an evaluation may cost', () => {
  // Cheap by its schema, which bounds the list; an object that was stored under a wider one is not.
  const text = 'self.tags.all(a, self.tags.all(b, a == b || a != b))';

  it('is bounded for one rule', () => {
    const tags = Array.from({ length: 2000 }, (_, i) => `t${i}`);
    expect(causes([rule(text)], { tags })).toMatchObject([
      { message: expect.stringContaining('call cost exceeds limit') },
    ]);
  });

  it('is bounded for all rules of an object together', () => {
    const tags = Array.from({ length: 250 }, (_, i) => `t${i}`);
    const found = causes(
      Array.from({ length: 20 }, () => rule(text)),
      { tags },
    );
    expect(found).toMatchObject([{ message: expect.stringContaining('running out of cost budget') }]);
  });
});
