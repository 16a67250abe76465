import { defineKind, ref, Resource } from '@krate/resource-model';
import { z } from 'zod';

/** A kind of a test: a choice, a number, a reference, an immutable field, a phase and a condition. */
export const Widget = defineKind({
  kind: 'Widget',
  plural: 'widgets',
  area: 'workshop',
  storage: 'config',
  summary: 'A thing with a colour.',
  writableBy: 'developer',
  spec: z.object({
    color: z.enum(['red', 'blue']).describe('What it looks like.'),
    size: z.int().min(1).max(10).default(3),
    serial: z.string().optional(),
    peer: ref('Widget').optional(),
  }),
  status: z.object({ phase: z.enum(['Idle', 'Busy']).optional() }),
  conditions: { Ready: ['Available', 'Broken'] },
  columns: [
    { name: 'Color', path: 'spec.color' },
    { name: 'Phase', path: 'status.phase' },
  ],
  immutable: ['spec.serial'],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Widget',
      metadata: { name: 'example', namespace: 'krate-org-acme' },
      spec: { color: 'red' },
    },
  ],
});

/** A widget of a test. */
export function aWidget(
  name: string,
  spec: object = {},
  metadata: object = {},
  status: object = {},
): Resource {
  return {
    apiVersion: Widget.apiVersion,
    kind: 'Widget',
    metadata: {
      name,
      namespace: 'krate-org-acme',
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    spec: { color: 'red', ...spec },
    status,
  };
}
