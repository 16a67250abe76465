import { anyObject, defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { objectName, scope } from '../fields';

export const PolicyBinding = defineKind({
  kind: 'PolicyBinding',
  plural: 'policybindings',
  area: 'policy',
  storage: 'config',
  summary:
    'Brings a policy template into force for a part of the organization: first as a warning, then as a rule.',
  writableBy: 'admin',
  spec: z.object({
    templateRef: ref('PolicyTemplate').describe('The template.'),
    profileRef: ref('PolicyProfile')
      .optional()
      .describe('The profile whose rules of rollout and exception hold. Absent: the organization’s.'),
    mode: z
      .enum(['audit', 'enforce'])
      .describe('What a violation does. `audit`: it is shown. `enforce`: the write is refused.'),
    match: scope('Where it holds. Empty: in the whole organization.'),
    parameters: anyObject()
      .optional()
      .describe('Values for the parameters of the template, by name. Those left out have their defaults.'),
    generatedPolicyName: objectName()
      .optional()
      .describe('Name of the policy it becomes. Absent: `krate-<organization>-<binding>`.'),
    suspend: z.boolean().default(false).describe('Takes the policy out of force without forgetting it.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Rendered', 'Applied', 'Degraded'])
      .optional()
      .describe('How far it came. Only `Applied` is in force.'),
    policyRef: z
      .object({
        apiVersion: z.string().describe('Group and version of it.'),
        kind: z.string().describe('Its kind.'),
        name: z.string().describe('Its name.'),
        namespace: z.string().optional().describe('Its namespace, if it has one.'),
      })
      .optional()
      .describe('The policy that it became.'),
    templateVersion: z.string().optional().describe('The version of the template it was made from.'),
    preview: z
      .array(
        z.object({
          kind: z.string().describe('Kind of the object.'),
          name: z.string().describe('Its name.'),
          message: z.string().describe('What it violates.'),
        }),
      )
      .max(200)
      .optional()
      .describe('Objects that violate it as they are; the first 200.'),
    lastViolationCount: z.int().min(0).optional().describe('Violations in the last report.'),
    lastDeniedAt: moment().optional().describe('When it last refused a write.'),
    activeExceptions: z.int().min(0).optional().describe('Exceptions from it in force.'),
  }),
  conditions: {
    TemplateResolved: ['Resolved', 'TemplateMissing', 'TemplateInvalid', 'ModeNotAllowed'],
    PolicyRendered: ['Rendered', 'ParameterMissing', 'ParameterInvalid', 'ParameterUnknown'],
    PolicyApplied: ['Applied', 'Suspended', 'KyvernoUnavailable', 'ApplyFailed', 'Drifted'],
    ReportsObserved: ['Observed', 'Stale', 'NotReadable'],
    Ready: ['InForce', 'Suspended', 'TemplateNotResolved', 'NotRendered', 'NotApplied'],
  },
  immutable: ['spec.templateRef'],
  selectableFields: ['spec.templateRef', 'spec.profileRef', 'spec.mode', 'status.phase'],
  columns: [
    { name: 'Template', path: 'spec.templateRef' },
    { name: 'Mode', path: 'spec.mode' },
    { name: 'Violations', path: 'status.lastViolationCount', type: 'integer' },
    { name: 'Suspended', path: 'spec.suspend', type: 'boolean', priority: 1 },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'PolicyBinding',
      metadata: { name: 'pr-description', namespace: 'krate-org-acme' },
      spec: {
        templateRef: 'require-pr-description',
        profileRef: 'default',
        mode: 'audit',
        match: { repositories: ['web'], branches: ['main', 'release/*'] },
        parameters: { minLength: 40 },
      },
    },
  ],
  docs: `Begin with \`audit\`, watch \`status.lastViolationCount\`, then set \`enforce\`; going back is the same change the other way.`,
});
export type PolicyBinding = ResourceOf<typeof PolicyBinding>;
