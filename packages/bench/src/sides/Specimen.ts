import { defineKind } from '@krate/resource-model';
import { z } from 'zod';

/** Like a sample, but no reconciler of Krate's is for it and no catalog shows it. */
export const Specimen = defineKind({
  kind: 'Specimen',
  plural: 'specimens',
  area: 'bench',
  storage: 'config',
  summary: 'Something to be measured by others.',
  writableBy: 'developer',
  spec: z.object({ title: z.string(), size: z.int(), notes: z.string(), steps: z.array(z.string()) }),
  examples: [],
});
