import { anyObject, defineKind } from '@krate/resource-model';
import { z } from 'zod';

/** The kind that the story is about: every way of merging that a schema knows, in one object. */
export const Specimen = defineKind({
  kind: 'Specimen',
  plural: 'specimens',
  group: 'parity.krate.example',
  version: 'v1',
  area: 'parity',
  storage: 'config',
  summary: 'Something to compare servers with.',
  writableBy: 'developer',
  spec: z.object({
    color: z.string().min(1),
    size: z.int().min(1).max(100).default(3),
    note: z.string().optional(),
    place: z.object({ shelf: z.string().optional(), row: z.int().optional() }).optional(),
    settings: z.record(z.string(), z.string()).optional(),
    raw: anyObject().optional(),
    steps: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional().meta({ 'x-kubernetes-list-type': 'set' }),
    ports: z
      .array(
        z.object({
          port: z.int(),
          protocol: z.enum(['TCP', 'UDP']).default('TCP'),
          name: z.string().optional(),
          weight: z.int().optional(),
        }),
      )
      .optional()
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] }),
    whole: z
      .object({ a: z.string().optional(), b: z.string().optional() })
      .optional()
      .meta({ 'x-kubernetes-map-type': 'atomic' }),
  }),
  status: z.object({ phase: z.enum(['Idle', 'Busy']).optional(), count: z.int().optional() }),
  conditions: { Ready: ['Available', 'Broken'] },
  columns: [
    { name: 'Color', path: 'spec.color' },
    { name: 'Size', path: 'spec.size', type: 'integer', priority: 1 },
  ],
  examples: [],
});
