import { anyObject, defineKind, ref } from '@krate/resource-model';
import { z } from 'zod';

/** A plain kind with a status, a default, an immutable and a selectable field. */
export const Widget = defineKind({
  kind: 'Widget',
  plural: 'widgets',
  shortNames: ['wd'],
  categories: ['all'],
  area: 'workshop',
  storage: 'config',
  summary: 'A thing with a colour.',
  writableBy: 'developer',
  spec: z.object({
    color: z.string().min(1).describe('What it looks like.'),
    size: z.int().min(1).max(10).default(3),
    serial: z.string().optional(),
    peer: ref('Widget').optional(),
    settings: anyObject().optional(),
    parts: z
      .array(z.object({ name: z.string(), count: z.int().default(1) }))
      .default([])
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }),
  }),
  status: z.object({ phase: z.enum(['Idle', 'Busy']).optional() }),
  conditions: { Ready: ['Available', 'Broken'] },
  columns: [
    { name: 'Color', path: 'spec.color' },
    { name: 'Size', path: 'spec.size', type: 'integer', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  selectableFields: ['spec.color'],
  immutable: ['spec.serial'],
  examples: [],
});

/** A kind whose objects are numbered for each board. */
export const Ticket = defineKind({
  kind: 'Ticket',
  plural: 'tickets',
  area: 'workshop',
  storage: 'record',
  summary: 'Something to do.',
  writableBy: 'developer',
  spec: z.object({ board: z.string(), title: z.string(), number: z.int().min(1).optional() }),
  conditions: { Done: ['Done', 'Open'] },
  immutable: ['spec.number'],
  numbered: { counter: 'spec.board', family: 'tickets', field: 'spec.number' },
  examples: [],
});
