import { defineKind, Resource } from '@krate/resource-model';
import { z } from 'zod';

/** A small kind of the tests: the shared components must know no area. */
export const Shelf = defineKind({
  kind: 'Shelf',
  plural: 'shelves',
  area: 'test',
  storage: 'config',
  summary: 'Where crates stand.',
  writableBy: 'developer',
  spec: z.object({ owner: z.string(), phase: z.string().optional() }),
  conditions: { Ready: ['Built', 'Broken'] },
  columns: [
    { name: 'Owner', path: 'spec.owner' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [],
});

/** One of them. */
export function aShelf(
  name: string,
  owner = 'ada',
  status: Record<string, unknown> = {},
): Resource<{ owner: string }> {
  return {
    apiVersion: Shelf.apiVersion,
    kind: 'Shelf',
    metadata: {
      name,
      namespace: 'krate-org-acme',
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { owner },
    status,
  };
}
