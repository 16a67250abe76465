import { z } from 'zod';
import { anyObject } from '../anyObject';
import { defineKind } from '../defineKind';
import { ref } from '../ref';

/** A kind that uses everything a declaration can say; the tests of this package read it. */
export const Gadget = defineKind({
  kind: 'Gadget',
  plural: 'gadgets',
  shortNames: ['gd'],
  categories: ['krate'],
  area: 'workshop',
  storage: 'config',
  summary: 'A thing that does something on a schedule.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository').describe('Where its sources are.'),
    peers: z.array(ref('Gadget')).default([]),
    mode: z.enum(['fast', 'careful']).default('fast').describe('How it works.'),
    size: z.int().min(1).max(10).default(3),
    ratio: z.number().gt(0).optional(),
    port: z.union([z.int(), z.string()]).optional(),
    startAt: z.iso.datetime({ offset: true }).optional(),
    homepage: z.url().optional(),
    env: z.record(z.string(), z.string()).default({}),
    settings: anyObject().optional(),
    retry: z
      .object({
        times: z.int().default(2),
        delay: z
          .string()
          .regex(/^\d+s$/)
          .default('5s'),
      })
      .prefault({}),
    steps: z
      .array(
        z.object({
          name: z.string().min(1),
          image: z.string().max(20).optional(),
          runner: ref('Repository').optional(),
        }),
      )
      .max(3)
      .default([])
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }),
    tags: z.array(z.string()).default([]).meta({ 'x-kubernetes-list-type': 'set' }),
    decision: z.enum(['approve', 'reject']).optional(),
    decidedBy: z.string().optional(),
    decidedAt: z.iso.datetime({ offset: true }).optional(),
  }),
  status: z.object({
    phase: z.enum(['Idle', 'Busy']).optional(),
    runs: z.int(),
    lastRun: z.iso.datetime({ offset: true }).optional(),
  }),
  conditions: { Ready: ['Available', 'RepositoryMissing'], Idle: ['NothingToDo'] },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Size', path: 'spec.size', type: 'integer' },
    { name: 'Ready', condition: 'Ready', description: 'Whether it works.' },
    { name: 'Steps', path: 'spec.steps.name', priority: 1 },
    { name: 'Last run', path: 'status.lastRun', type: 'date' },
  ],
  selectableFields: ['spec.repository'],
  immutable: ['spec.repository'],
  actions: {
    decide: { field: 'spec.decision', by: 'spec.decidedBy', at: 'spec.decidedAt', role: 'maintainer' },
  },
  catalog: { as: 'Component', type: 'gadget' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Gadget',
      metadata: { name: 'sorter' },
      spec: { repository: 'tools', steps: [{ name: 'build', image: 'node:24' }] },
    },
  ],
  docs: 'Gadgets run one after another.',
});

/** The kind gadgets refer to. */
export const Repository = defineKind({
  kind: 'Repository',
  plural: 'repositories',
  area: 'forge',
  storage: 'config',
  summary: 'A repository.',
  writableBy: 'maintainer',
  spec: z.object({}),
  examples: [{ apiVersion: 'krate.a5c.ai/v1alpha1', kind: 'Repository', metadata: { name: 'tools' } }],
});

/** Lives in the platform namespace and is referred to from every organization. */
export const Organization = defineKind({
  kind: 'Organization',
  plural: 'organizations',
  area: 'control-plane',
  storage: 'config',
  summary: 'An organization.',
  platform: true,
  writableBy: 'admin',
  spec: z.object({ displayName: z.string() }),
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Organization',
      metadata: { name: 'acme' },
      spec: { displayName: 'Acme' },
    },
  ],
});

/** A core kind whose payload stands at the top level. */
export const Secret = defineKind({
  kind: 'Secret',
  plural: 'secrets',
  group: '',
  version: 'v1',
  area: 'control-plane',
  storage: 'config',
  summary: 'A secret.',
  writableBy: 'maintainer',
  flat: true,
  spec: z.object({ type: z.string().default('Opaque'), data: z.record(z.string(), z.base64()).optional() }),
  examples: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, data: { token: 'aGk=' } }],
});
