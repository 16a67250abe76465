import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';
import { permissionReviewSchema } from '../kinds/agentDispatchRun.kind';

/** What a run could touch: the launch it would get, in the words of the one who has to allow it. */
export const permissionReachSchema = z
  .object({
    identity: z
      .object({ serviceAccount: z.string(), roles: z.array(z.string()) })
      .describe('As whom it runs, and the agent roles that identity holds on the repository.'),
    repository: z
      .object({ name: z.string(), ref: z.string(), untrusted: z.boolean() })
      .describe('Where it starts. `untrusted`: the ref of a pull request, whose code nobody reviewed.'),
    files: z
      .enum(['none', 'read', 'workspace'])
      .describe('`workspace`: it may change files of its own copy; nothing outside it, ever.'),
    tools: z
      .array(z.object({ kind: z.string(), decision: z.enum(['allow', 'ask', 'deny']), reason: z.string() }))
      .describe('How a call of each kind of tool is judged while it runs, when it stays in the workspace.'),
    commands: z
      .object({ allowed: z.array(z.string()), denied: z.array(z.string()) })
      .describe('Globs on whole command lines that run unasked, and that never run.'),
    network: z
      .object({
        hosts: z.array(z.string()).describe('`host:port`, each of them; nothing else is reached.'),
        model: z
          .object({ provider: z.string(), apiBase: z.string() })
          .optional()
          .describe('Where its model calls go, through Krate.'),
      })
      .describe('What it can talk to.'),
    secrets: z
      .array(
        z.object({
          secret: z.string(),
          keys: z.array(z.string()),
          purpose: z.string(),
          neededBy: z.string(),
          grant: z.string().optional().describe('The AgentSecretGrant that gives it.'),
          delivery: z
            .enum(['file', 'by-reference', 'not-granted'])
            .describe(
              '`file`: the agent can read the value. `by-reference`: Krate uses it, the agent never sees it.',
            ),
          asksFirst: z.boolean().optional().describe('Whether a person must agree before the run starts.'),
        }),
      )
      .describe('Names only; a value is never among them.'),
    writeBack: z
      .object({ allowed: z.boolean(), requireApproval: z.boolean(), targets: z.array(z.string()) })
      .describe('What becomes of its changes.'),
    limits: z
      .object({
        maxDurationSeconds: z.number(),
        maxTokens: z.number().optional(),
        maxCostUsd: z.number().optional(),
      })
      .describe('When it is ended at the latest.'),
  })
  .meta({ id: 'PermissionReach' });
export type PermissionReach = z.infer<typeof permissionReachSchema>;

export const reviewPermissions = defineRoute({
  ...{
    id: 'reviewPermissions',
    method: 'POST',
    path: '/api/orgs/{org}/agents/permissions/review',
    tag: 'Agents',
  },
  summary: 'What could this run touch? The review of a dispatch that is not made',
  description:
    'Asks every rule that a dispatch would be asked, with the objects as they are now, and launches nothing. The reach is absent when the stack or the repository does not exist.',
  body: z
    .strictObject({
      repository: rest.nameOrObject,
      agentStack: rest.nameOrObject.optional().describe('The AgentStack.'),
      stackRef: rest.nameOrObject.optional().describe('Another word for `agentStack`.'),
      ref: z.string().min(1).max(250).optional().describe('Where it would start. Default: main.'),
      branch: z.string().min(1).max(250).optional().describe('Another word for `ref`.'),
      runnerPool: rest.nameOrObject.optional().describe('Default: the pool of the stack.'),
      requiresApproval: z.boolean().optional(),
      budget: z
        .strictObject({
          maxTokens: z.int().min(1).optional(),
          maxCostUsd: z.number().min(0).optional(),
          maxDurationSeconds: z.int().min(1).optional(),
        })
        .optional(),
    })
    .meta({ id: 'PermissionReviewInput' }),
  example: { agentStack: 'fixer', repository: 'web', ref: 'main' },
  answers: {
    200: {
      description: 'The review. Nothing was launched.',
      body: z
        .object({
          decision: permissionReviewSchema.shape.decision,
          digest: z.string(),
          checks: permissionReviewSchema.shape.checks,
          missingGrants: z
            .array(
              z.object({
                kind: z.string(),
                suggestedName: z.string(),
                reason: z.string(),
                manifest: z.string().describe('YAML that brings it when applied.'),
              }),
            )
            .describe('What somebody would have to create for it to be allowed.'),
          reach: permissionReachSchema.optional(),
        })
        .meta({ id: 'PermissionReviewResult' }),
    },
  },
});
