import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { duration, kindName, scope } from '../fields';

export const PolicyProfile = defineKind({
  kind: 'PolicyProfile',
  plural: 'policyprofiles',
  area: 'policy',
  storage: 'config',
  summary:
    'An organization’s stance: which policies hold by default, whether they warn or refuse, and who may be excepted.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it is meant to achieve.'),
    mode: z
      .enum(['audit', 'enforce', 'mixed'])
      .describe('`audit`: violations are shown. `enforce`: they are refused. `mixed`: as each binding says.'),
    templateRefs: z
      .array(ref('PolicyTemplate'))
      .max(100)
      .default([])
      .describe('Templates that hold for the whole organization.'),
    bindings: z
      .array(
        z.object({
          templateRef: ref('PolicyTemplate').describe('The template.'),
          mode: z
            .enum(['audit', 'enforce'])
            .default('audit')
            .describe('What a violation does; only counts where the mode of the profile is `mixed`.'),
          match: scope('Where it holds.'),
        }),
      )
      .max(100)
      .default([])
      .describe('Templates that hold in a part of it.'),
    exceptionPolicy: z
      .object({
        requesters: z
          .enum(['viewer', 'developer', 'maintainer', 'admin'])
          .default('developer')
          .describe('The least role that may ask for an exception.'),
        approvers: z
          .enum(['maintainer', 'admin'])
          .default('admin')
          .describe('The least role that may grant one; never to oneself.'),
        maxDuration: duration().default('30d').describe('The longest that one may last.'),
        requireRiskAcceptance: z
          .boolean()
          .default(true)
          .describe('One from an enforced policy must say what risk is taken.'),
        exemptKinds: z
          .array(kindName())
          .max(50)
          .default([])
          .describe('Kinds for which no exception is granted: `AgentSecretGrant`.'),
      })
      .default({
        requesters: 'developer',
        approvers: 'admin',
        maxDuration: '30d',
        requireRiskAcceptance: true,
        exemptKinds: [],
      })
      .describe('Who may be excepted, by whom, for how long.'),
    failurePolicy: z
      .enum(['failClosed', 'failOpen'])
      .default('failOpen')
      .describe(
        'While the policy engine does not answer. `failClosed`: enforced kinds cannot be written. `failOpen`: they can, and it is recorded.',
      ),
    rolloutSchedule: z
      .object({
        auditFor: duration()
          .default('14d')
          .describe('How long a new binding only warns before it may be enforced.'),
        promoteAutomatically: z
          .boolean()
          .default(false)
          .describe('Enforce it then by itself, if nothing violates it.'),
      })
      .default({ auditFor: '14d', promoteAutomatically: false })
      .describe('How a policy comes from a warning to a refusal.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Synced', 'Degraded']).optional().describe('Whether everything in it holds.'),
    engine: z.enum(['kyverno', 'native', 'none']).optional().describe('What judges.'),
    appliedPolicies: z.int().min(0).optional().describe('Policies that are in force.'),
    auditViolations: z.int().min(0).optional().describe('Violations that were let through with a warning.'),
    enforcedDenials: z.int().min(0).optional().describe('Writes that were refused.'),
    activeExceptions: z.int().min(0).optional().describe('Exceptions in force.'),
    lastSyncedAt: moment().optional().describe('When it was last brought into force.'),
  }),
  conditions: {
    KyvernoDetected: ['Detected', 'NotInstalled', 'NotReadable', 'Disabled'],
    PoliciesSynced: ['Synced', 'TemplateMissing', 'TemplateInvalid', 'ApplyFailed'],
    ReportsReadable: ['Readable', 'NotReadable', 'NotInstalled'],
    ExceptionsAllowed: ['Allowed', 'NotPermitted'],
    Ready: ['Synced', 'Degraded', 'Pending'],
  },
  columns: [
    { name: 'Mode', path: 'spec.mode' },
    { name: 'Policies', path: 'status.appliedPolicies', type: 'integer' },
    { name: 'Violations', path: 'status.auditViolations', type: 'integer' },
    { name: 'Exceptions', path: 'status.activeExceptions', type: 'integer', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'policy-profile' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'PolicyProfile',
      metadata: { name: 'default', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'Careful',
        mode: 'mixed',
        templateRefs: ['fork-runs-untrusted'],
        bindings: [
          {
            templateRef: 'require-pr-description',
            mode: 'enforce',
            match: { repositories: ['web', 'payments-*'] },
          },
        ],
        exceptionPolicy: { requesters: 'developer', approvers: 'admin', maxDuration: '14d' },
      },
    },
  ],
});
export type PolicyProfile = ResourceOf<typeof PolicyProfile>;
