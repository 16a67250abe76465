import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const refGlob = z
  .string()
  .min(1)
  .max(200)
  .regex(/^refs\/[^\s~^:?[\\]+$/);

const denyRule = z.object({
  refs: z.array(refGlob).min(1).max(50).describe('Globs on full refs: `refs/heads/archive/*`.'),
  operations: z
    .array(z.enum(['create', 'update', 'delete']))
    .min(1)
    .default(['create', 'update', 'delete'])
    .describe('What is denied.'),
  message: z.string().min(1).max(500).optional().describe('What whoever pushes is told.'),
});

const hookGate = z.object({
  name: z.string().min(1).max(63).describe('What the gate is called in messages.'),
  module: z
    .object({
      repository: ref('Repository').describe('Where the program is.'),
      path: z.string().min(1).max(400).describe('The WebAssembly module in it.'),
      digest: z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/)
        .describe('What the module must be; another one is refused.'),
    })
    .describe('The program that judges the push.'),
  mode: z.enum(['audit', 'enforce']).default('audit').describe('`audit` only records what it would refuse.'),
  timeoutSeconds: z.int().min(1).max(60).default(5).describe('After this the push is refused.'),
});

export const RefPolicy = defineKind({
  kind: 'RefPolicy',
  plural: 'refpolicies',
  area: 'forge',
  storage: 'config',
  summary: 'What no push may do: refs that are closed, rewritten history, unsigned commits.',
  writableBy: 'maintainer',
  spec: z.object({
    repository: ref('Repository').optional().describe('Absent: every repository of the organization.'),
    refs: z
      .array(refGlob)
      .max(50)
      .default([])
      .describe('Which refs the rules on history and signing hold for. Empty: every branch and tag.'),
    denyRules: z.array(denyRule).max(50).default([]).describe('Refs that nobody may touch.'),
    forcePushPolicy: z
      .enum(['deny', 'allow', 'allow-with-review'])
      .default('deny')
      .describe(
        'Whether published history may be rewritten; `allow-with-review`: through a pull request only.',
      ),
    signingPolicy: z
      .enum(['required', 'optional', 'disabled'])
      .default('optional')
      .describe(
        '`required`: every new commit has a signature by a key that is known. `disabled`: none is looked at.',
      ),
    requireLinearHistory: z.boolean().default(false).describe('No merge commits.'),
    hookGates: z.array(hookGate).max(10).default([]).describe('Programs of one’s own that judge a push.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Stale', 'Pending'])
      .optional()
      .describe('`Stale`: the present rules do not compile, so that the last good ones hold.'),
    bundleDigest: z.string().optional().describe('sha256 of the compiled rules that hold.'),
    compiledAt: z.string().optional().describe('When they were compiled.'),
  }),
  conditions: {
    Compiled: ['Compiled', 'InvalidRule', 'ModuleMissing', 'DigestMismatch'],
    Ready: ['Enforced', 'Stale', 'RepositoryMissing'],
  },
  selectableFields: ['spec.repository'],
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Force Push', path: 'spec.forcePushPolicy' },
    { name: 'Signing', path: 'spec.signingPolicy' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'RefPolicy',
      metadata: { name: 'closed-archive', namespace: 'krate-org-acme' },
      spec: {
        repository: 'web',
        denyRules: [{ refs: ['refs/heads/archive/*'], message: 'The archive is closed.' }],
        requireLinearHistory: true,
      },
    },
  ],
  docs: `A BranchProtection says how a branch may move forward; a RefPolicy says what no ref may suffer. Both hold, and the
stricter wins.`,
});
export type RefPolicy = ResourceOf<typeof RefPolicy>;
