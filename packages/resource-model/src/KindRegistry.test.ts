import { z } from 'zod';
import { Gadget, Organization, Repository, Secret } from './__fixtures__/sampleKinds';
import { KindRegistry } from './KindRegistry';
import { Kind } from './defineKind';

const registry = (...more: Kind[]) => new KindRegistry([Gadget, Repository, Organization, Secret, ...more]);
const other = (change: Partial<Kind>): Kind => ({
  ...Repository,
  kind: 'Other',
  plural: 'others',
  resource: 'others.krate.a5c.ai',
  ...change,
});

describe('KindRegistry', () => {
  it('finds kinds by every name', () => {
    const kinds = registry().resolve();
    expect(kinds.kind('Gadget')).toBe(Gadget);
    expect(kinds.byResource('krate.a5c.ai', 'gadgets')).toBe(Gadget);
    expect(kinds.byResource('', 'secrets')).toBe(Secret);
    expect(kinds.byResource('', 'gadgets')).toBeUndefined();
    expect(kinds.all()).toEqual([Gadget, Repository, Organization, Secret]);
  });

  it('takes the same declaration twice', () => {
    expect(registry(Gadget).resolve().all()).toHaveLength(4);
  });

  it.each([
    {
      reason: 'a reference to a kind nobody installs',
      kinds: new KindRegistry([Gadget, Repository]),
      says: /Gadget spec.organizationRef refers to Organization/,
    },
    { reason: 'the name of a kind', kinds: registry(other({ kind: 'Gadget' })), says: /both called Gadget/ },
    {
      reason: 'a plural',
      kinds: registry(other({ plural: 'gadgets' })),
      says: /Other \(forge\) and Gadget \(workshop\) are both called gadgets/,
    },
    { reason: 'a short name', kinds: registry(other({ shortNames: ['gd'] })), says: /both called gd/ },
    {
      reason: 'a short name that is a plural',
      kinds: registry(other({ shortNames: ['secrets'] })),
      says: /both called secrets/,
    },
    {
      reason: 'a lower case kind',
      kinds: registry(other({ kind: 'other' })),
      says: /"other" is not a kind's name/,
    },
    {
      reason: 'an invalid plural',
      kinds: registry(other({ plural: 'Others' })),
      says: /resource name "Others"/,
    },
    {
      reason: 'a schema that is not structural',
      kinds: registry(other({ spec: z.object({ when: z.date() }) })),
      says: /Kind Other cannot become/,
    },
  ])('refuses $reason', ({ kinds, says }) => {
    expect(() => kinds.resolve()).toThrow(says);
  });
});
