import { z } from 'zod';
import { Gadget, Organization, Repository, Secret } from './__fixtures__/sampleKinds';
import { defineKind, Kind } from './defineKind';
import { ref } from './ref';
import { kindConformanceCases } from './testkit';

describe('sample kinds', () => {
  it.each(kindConformanceCases([Gadget, Repository, Organization, Secret]))('$name', ({ check }) =>
    expect(check).not.toThrow(),
  );
});

describe('kindConformanceCases', () => {
  const spec = z.object({
    size: z.int().max(3),
    peer: z.string().optional(),
    by: z.string(),
    at: z.string().optional(),
  });
  const base = defineKind({
    kind: 'Odd', plural: 'odds', area: 'workshop', storage: 'record', summary: 'Odd.', writableBy: 'viewer', spec,
    examples: [{ apiVersion: 'krate.a5c.ai/v1alpha1', kind: 'Odd', metadata: { name: 'odd' }, spec: { size: 1, by: 'me' } }],
  }); // prettier-ignore
  const failures = (kind: Kind) =>
    kindConformanceCases([kind]).flatMap(({ check }) => {
      try {
        check();
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    });

  it('finds nothing wrong with a sound kind', () => {
    expect(failures(base)).toEqual([]);
  });

  const [example] = base.examples;
  it.each<{ reason: string; kind: Kind; says: RegExp }>([
    {
      reason: 'an author the caller must give',
      kind: { ...base, author: 'spec.by' },
      says: /author: spec.by must be optional/,
    },
    { reason: 'an author in no field', kind: { ...base, author: 'spec.who' }, says: /no field spec.who/ },
    { reason: 'no example', kind: { ...base, examples: [] }, says: /has no example/ },
    {
      reason: 'an invalid example',
      kind: { ...base, examples: [{ ...example, spec: { size: 4, by: 'me' } }] },
      says: /examples\[0\] spec.size: Invalid value/,
    },
    {
      reason: 'an unknown field',
      kind: { ...base, examples: [{ ...example, extra: 1 }] },
      says: /unknown field extra/,
    },
    {
      reason: 'a foreign apiVersion',
      kind: { ...base, examples: [{ ...example, apiVersion: 'v1' }] },
      says: /apiVersion/,
    },
    {
      reason: 'a column into nothing',
      kind: { ...base, columns: [{ name: 'X', path: 'spec.x' }] },
      says: /column X: the schema has no field spec.x/,
    },
    {
      reason: 'an undeclared condition',
      kind: { ...base, columns: [{ name: 'X', condition: 'Ready' }] },
      says: /not declared/,
    },
    {
      reason: 'an immutable path into nothing',
      kind: { ...base, immutable: ['spec.x'] },
      says: /immutable: the schema has no field/,
    },
    {
      reason: 'an immutable path through a list',
      kind: { ...Gadget, immutable: ['spec.steps.name'] },
      says: /spec.steps.name goes through a list/,
    },
    {
      reason: 'a default its own schema refuses',
      kind: {
        ...base,
        spec: spec.extend({ note: z.object({ text: z.string().max(1).default('long') }).prefault({}) }),
      },
      says: /the default of spec.note.text is invalid/,
    },
    {
      reason: 'a reason in another case',
      kind: { ...base, conditions: { Ready: ['not-ready'] } },
      says: /not UpperCamelCase/,
    },
    {
      reason: 'a stamp the caller must give',
      kind: {
        ...base,
        actions: { go: { field: 'spec.peer', by: 'spec.by', at: 'spec.at', role: 'viewer' } },
      },
      says: /action go: spec.by must be optional/,
    },
    {
      reason: 'a reference into nothing',
      kind: { ...Gadget, examples: Gadget.examples },
      says: /spec.repository refers to Repository/,
    },
  ])('finds $reason', ({ kind, says }) => {
    expect(failures(kind).join('\n')).toMatch(says);
  });

  it('takes kinds of other areas as given', () => {
    const cases = kindConformanceCases([Gadget], { alsoInstalled: ['Repository'] });
    cases.forEach(({ check }) => expect(check).not.toThrow());
  });

  it('finds the fields that `kubectl explain` would have nothing to say about, where that is asked for', () => {
    const silent = {
      ...base,
      spec: z.object({
        by: z.string().describe('Who.'),
        peer: ref('Odd').optional(),
        parts: z.array(z.object({ size: z.int() })).describe('What it is made of.'),
        limits: z.record(z.string(), z.object({ most: z.int() })),
      }),
    };
    const found = kindConformanceCases([silent], { explained: true }).find(({ name }) =>
      /explained/.test(name),
    );
    expect(() => found?.check()).toThrow(
      /^Odd:\n- spec.parts.size has no description\n- spec.limits has no description\n- spec.limits.most has no description$/,
    );
  });
});
