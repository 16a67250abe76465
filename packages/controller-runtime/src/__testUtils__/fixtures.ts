import { z } from 'zod';
import { defineKind, ref } from '@krate/resource-model';

/** Kinds that exist for the tests of this package only. */
const common = { area: 'test', storage: 'config', writableBy: 'developer', examples: [] } as const;

export const Library = defineKind({
  ...common,
  kind: 'Library',
  plural: 'libraries',
  summary: 'What applications depend on.',
  spec: z.object({ version: z.string().default('1') }),
});

export const Part = defineKind({
  ...common,
  kind: 'Part',
  plural: 'parts',
  summary: 'What an application consists of.',
  spec: z.object({ text: z.string().default('') }),
});

export const App = defineKind({
  ...common,
  kind: 'App',
  plural: 'apps',
  summary: 'The kind most reconcilers here are for.',
  spec: z.object({
    library: ref('Library').optional(),
    libraries: z.array(ref('Library')).optional(),
    text: z.string().default(''),
  }),
  status: z.object({ version: z.string(), parts: z.int(), phase: z.string(), note: z.string() }),
  conditions: { Ready: ['Available', 'LibraryMissing'], Built: ['Done', 'Waiting'] },
});

export const Event = defineKind({
  ...common,
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  summary: 'A core event.',
  flat: true,
  spec: z.object({ reason: z.string(), message: z.string(), count: z.int(), type: z.string() }),
});
