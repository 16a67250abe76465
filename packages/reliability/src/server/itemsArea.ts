import { appendFile, readFile } from 'node:fs/promises';
import { defineReconciler } from '@krate/controller-runtime';
import { Installation } from '@krate/plugin-control-plane-node';
import { defineKind } from '@krate/resource-model';
import { z } from 'zod';

/** What clients of the workload write: nothing but they ever changes one. */
export const Item = defineKind({
  kind: 'Item',
  plural: 'items',
  area: 'test',
  storage: 'config',
  summary: 'A value.',
  writableBy: 'developer',
  platform: true,
  spec: z.object({ value: z.string() }),
  status: z.object({}),
  examples: [],
});

/** Something to be done once in the outside world. */
export const Errand = defineKind({
  kind: 'Errand',
  plural: 'errands',
  area: 'test',
  storage: 'config',
  summary: 'Something to be done once.',
  writableBy: 'developer',
  platform: true,
  spec: z.object({ value: z.string() }),
  status: z.object({ done: z.boolean().optional() }),
  examples: [],
});

/** Two kinds, and a world that consists of one file: a line for every errand that was run, with who ran it. */
export function itemsArea(world: string, name: string): Installation {
  return {
    area: 'test',
    kinds: [Item, Errand],
    reconcilers: [
      defineReconciler({
        name: 'errands',
        for: Errand,
        reconcile: ({ effects }) => ({
          status: { done: effects.run?.state === 'Succeeded' },
          effects: [{ name: 'run' }],
        }),
      }),
    ],
    start: () => ({
      effects: [
        {
          name: 'run',
          observe: async ({ id }) => {
            const lines = (await readFile(world, 'utf8').catch(() => '')).split('\n');
            return lines.some(line => line.startsWith(`${id} `))
              ? { state: 'done', result: {} }
              : { state: 'absent' };
          },
          perform: async ({ id }) => {
            await appendFile(world, `${id} ${name}\n`);
            return {};
          },
        },
      ],
    }),
  };
}
