import { ref } from '@krate/resource-model';
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

/** sha256 of some content. */
export const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/);

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
