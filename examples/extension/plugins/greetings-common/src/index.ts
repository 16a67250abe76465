import { defineKind, Kind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const Greeting = defineKind({
  kind: 'Greeting',
  plural: 'greetings',
  area: 'greetings',
  storage: 'config',
  summary: 'A card with words for somebody.',
  writableBy: 'developer',
  spec: z.object({
    to: z.string().min(1).max(80).describe('Who is greeted.'),
    words: z.string().max(200).default('Good morning').describe('What is said.'),
  }),
  status: z.object({ card: z.string().optional().describe('What is written on the card.') }),
  conditions: { Ready: ['Written', 'Writing', 'NotWritten'] },
  columns: [
    { name: 'To', path: 'spec.to' },
    { name: 'Card', path: 'status.card' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Greeting',
      metadata: { name: 'ada', namespace: 'krate-org-acme' },
      spec: { to: 'Ada' },
    },
  ],
});
export type Greeting = ResourceOf<typeof Greeting>;

export const greetingsKinds: readonly Kind[] = [Greeting];
