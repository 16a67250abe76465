import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { listFilter } from './listFilter';

export const Selector = defineKind({
  kind: 'Selector',
  plural: 'selectors',
  area: 'control-plane',
  storage: 'config',
  summary: 'A filter with a name, which any number of saved lists share.',
  writableBy: 'developer',
  spec: z.object({
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it picks, and why.'),
    kinds: z
      .array(
        z
          .string()
          .max(63)
          .regex(/^[A-Z][A-Za-z0-9]*$/),
      )
      .max(50)
      .default([])
      .describe('The kinds it is offered for. Empty: every kind.'),
    ...listFilter,
  }),
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Query', path: 'spec.query' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Selector',
      metadata: { name: 'web-team', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'What the web team looks after',
        labels: { team: 'web' },
        labelExpressions: [{ key: 'tier', operator: 'NotIn', values: ['experimental'] }],
      },
    },
  ],
  docs: `All parts of a filter must hold. It is data that lists read, so no controller acts on it; changing it changes every
View that names it in \`spec.selectorRef\`.`,
});
export type Selector = ResourceOf<typeof Selector>;
