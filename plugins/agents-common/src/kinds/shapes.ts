import { NAME_PATTERN, ref } from '@krate/resource-model';
import { z } from 'zod';

/** Shapes that several kinds of this area share. */

/** One key of a secret; never its value. */
export const secretKey = z.object({
  name: ref('Secret').describe('The secret.'),
  key: z.string().min(1).max(253).describe('The key in it.'),
});

/** What a task is, in one word: `research`, `triage`, `implementation`, `review`, `validation`, `release-check`, … */
export const taskKind = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

/** How lost connections are taken up again. */
export const reconnectPolicy = z
  .object({
    maxRetries: z.int().min(0).max(100).default(3).describe('Attempts before it is given up.'),
    backoffMs: z
      .int()
      .min(10)
      .max(600_000)
      .default(1000)
      .describe('Milliseconds before the first; doubles each time.'),
    maxBackoffMs: z.int().min(10).max(3_600_000).default(30_000).describe('Never longer than this.'),
  })
  .default({ maxRetries: 3, backoffMs: 1000, maxBackoffMs: 30_000 });

/** What an agent must hand in. */
export const outputContract = z.object({
  format: z
    .enum([
      'markdown-summary',
      'checklist',
      'json-findings',
      'patch',
      'review-comments',
      'test-report',
      'release-readiness',
      'risk-assessment',
    ])
    .describe('The form of the answer.'),
  requiredSections: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default([])
    .describe('Headings it must have.'),
});

/** Who a grant is for. */
export const grantSubject = z.object({
  kind: z
    .enum(['agent-stack', 'service-account', 'tool', 'skill', 'mcp-server', 'runner-pool', 'user', 'team'])
    .describe('What the subject is; `tool` is an AgentToolProfile.'),
  name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name.'),
});

/** Where a grant holds. */
export const grantReach = {
  allowedRepositories: z
    .array(ref('Repository'))
    .max(200)
    .default([])
    .describe('Empty: every repository of the organization.'),
  allowedRefs: z
    .object({
      include: z.array(z.string().max(200)).max(50).default([]).describe('Globs on full refs.'),
      exclude: z.array(z.string().max(200)).max(50).default([]).describe('Globs that take away again.'),
    })
    .default({ include: [], exclude: [] })
    .describe('Without `include` every branch; never `refs/pull/*` unless it is named.'),
};

/** When a person must agree before a run that uses a grant may start. */
export const REQUIRED_APPROVAL = ['never', 'on-untrusted-ref', 'always'] as const;
