import { decisionFields, defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { kindName, names, objectName } from '../fields';

export const PolicyExceptionRequest = defineKind({
  kind: 'PolicyExceptionRequest',
  plural: 'policyexceptionrequests',
  shortNames: ['exception', 'exceptions'],
  area: 'policy',
  storage: 'config',
  summary: 'Asks that a policy does not hold for one object for a time; granted or refused by somebody else.',
  writableBy: 'developer',
  author: 'spec.requestedBy',
  spec: z.object({
    policyRef: z
      .object({
        kind: z
          .enum([
            'PolicyBinding',
            'ValidatingPolicy',
            'MutatingPolicy',
            'ImageValidatingPolicy',
            'ClusterPolicy',
            'Policy',
          ])
          .default('PolicyBinding')
          .describe('What the policy is: a binding of Krate, or a policy of Kyverno.'),
        name: objectName().describe('Its name.'),
      })
      .describe('The policy that should not hold.'),
    ruleNames: names('Only these rules of it; empty: all.'),
    resourceRef: z
      .object({
        kind: kindName().describe('Kind of the object: `PullRequest`.'),
        name: objectName().describe('Its name. An exception is for one object.'),
      })
      .optional()
      .describe('The object for which it should not hold. Absent: the most exact of the fields below.'),
    repository: ref('Repository').optional().describe('The repository it is about.'),
    pullRequest: ref('PullRequest').optional().describe('The pull request it is about.'),
    pipeline: ref('Pipeline').optional().describe('The pipeline it is about.'),
    job: ref('Job').optional().describe('The job it is about.'),
    justification: z
      .string()
      .min(10)
      .max(4096)
      .describe('Why it is needed, for whoever decides and whoever audits.'),
    riskAcceptance: z
      .string()
      .min(10)
      .max(4096)
      .optional()
      .describe('What risk is taken and by whom; needed for a policy that is enforced.'),
    expiresAt: moment().describe('When it ends; the profile says how far off that may be.'),
    requestedBy: z.string().max(253).optional().describe('Who asks; set by the server from the caller.'),
    ...decisionFields(['approve', 'deny']),
    revoke: z.boolean().optional().describe('Ends it before its time.'),
    revokedBy: z.string().max(253).optional().describe('Who ended it; set by the server.'),
    revokedAt: moment().optional().describe('When; set by the server.'),
  }),
  status: z.object({
    phase: z
      .enum(['Requested', 'Approved', 'Applied', 'Denied', 'Expired', 'Revoked'])
      .optional()
      .describe('Where it is. Only `Applied` is in force; `Denied`, `Expired` and `Revoked` are final.'),
    policyExceptionRef: z
      .object({
        apiVersion: z.string().describe('Group and version of it.'),
        name: z.string().describe('Its name.'),
        namespace: z.string().describe('Its namespace.'),
      })
      .optional()
      .describe('The PolicyException of Kyverno that it became.'),
    appliedAt: moment().optional().describe('Since when it is in force.'),
    endedAt: moment().optional().describe('When it ended.'),
  }),
  conditions: {
    ApprovalSatisfied: ['Approved', 'Waiting', 'Denied', 'TooLong', 'RiskAcceptanceMissing', 'PolicyMissing'],
    ExceptionApplied: ['Applied', 'NotApproved', 'KyvernoUnavailable', 'ApplyFailed'],
    ExpiredCleanup: ['NotDue', 'Removed', 'RemovalFailed'],
  },
  immutable: [
    'spec.policyRef',
    'spec.ruleNames',
    'spec.resourceRef',
    'spec.repository',
    'spec.pullRequest',
    'spec.pipeline',
    'spec.job',
    'spec.expiresAt',
    'spec.riskAcceptance',
    'spec.justification',
    'spec.requestedBy',
  ],
  selectableFields: ['spec.policyRef.name', 'spec.repository', 'spec.requestedBy', 'status.phase'],
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment'],
      role: 'admin',
    },
    revoke: { field: 'spec.revoke', by: 'spec.revokedBy', at: 'spec.revokedAt', role: 'maintainer' },
  },
  columns: [
    { name: 'Policy', path: 'spec.policyRef.name' },
    { name: 'Object', path: 'spec.resourceRef.name' },
    { name: 'Requested By', path: 'spec.requestedBy' },
    { name: 'Expires', path: 'spec.expiresAt' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Decided By', path: 'spec.decidedBy', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'PolicyExceptionRequest',
      metadata: { name: 'web-42-no-description', namespace: 'krate-org-acme' },
      spec: {
        policyRef: { kind: 'PolicyBinding', name: 'pr-description' },
        resourceRef: { kind: 'PullRequest', name: 'web-42' },
        repository: 'web',
        pullRequest: 'web-42',
        justification: 'A revert of the last release; the description of the original change holds.',
        riskAcceptance: 'None beyond a terse history; accepted by the owners of web.',
        expiresAt: '2026-12-01T00:00:00Z',
      },
    },
  ],
  docs: `Answer by setting \`spec.decision\` to \`approve\` or \`deny\`, with an optional \`spec.comment\`. Nobody answers their own request. End it
early by setting \`spec.revoke\`. An exception names one object; it ends by itself.`,
});
export type PolicyExceptionRequest = ResourceOf<typeof PolicyExceptionRequest>;
