import { anyObject, defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { kindName } from '../fields';

export const PolicyTemplate = defineKind({
  kind: 'PolicyTemplate',
  plural: 'policytemplates',
  area: 'policy',
  storage: 'config',
  platform: true,
  summary:
    'A policy to be bound where it should hold: what it demands, its parameters, and what helps who violates it.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read: what it demands.'),
    description: z.string().max(4096).optional().describe('Why one would want it.'),
    category: z
      .enum([
        'review',
        'source',
        'supply-chain',
        'runners',
        'agents',
        'secrets',
        'deployment',
        'webhooks',
        'housekeeping',
        'other',
      ])
      .default('other')
      .describe('What it is about.'),
    severity: z
      .enum(['low', 'medium', 'high', 'critical'])
      .default('medium')
      .describe('How bad a violation is.'),
    version: z
      .string()
      .max(30)
      .regex(/^[0-9]+\.[0-9]+\.[0-9]+$/)
      .default('1.0.0')
      .describe('Raised with every change; policies carry it, so that one sees which they were made from.'),
    targetKinds: z
      .array(kindName())
      .min(1)
      .max(50)
      .describe('The kinds that it judges: `PullRequest`, `Pipeline`.'),
    parameters: z
      .array(
        z.object({
          name: z
            .string()
            .max(63)
            .regex(/^[a-z][A-Za-z0-9]*$/)
            .describe('Its name; it stands in the manifest as `${name}`.'),
          title: z.string().max(120).optional().describe('What the form calls it.'),
          description: z.string().max(1000).optional().describe('What it does.'),
          type: z
            .enum(['string', 'integer', 'number', 'boolean', 'string-list'])
            .default('string')
            .describe('What may be given.'),
          required: z.boolean().default(false).describe('A binding must give it.'),
          default: z
            .string()
            .max(4096)
            .optional()
            .describe('What it is otherwise, as text: `20`, `true`, `main,release/*`.'),
          options: z
            .array(z.string().max(253))
            .max(100)
            .default([])
            .describe('The only values, as text; empty: any.'),
          minimum: z.number().optional().describe('The least number, or length of a text.'),
          maximum: z.number().optional().describe('The greatest number, or length of a text.'),
        }),
      )
      .max(50)
      .default([])
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] })
      .describe('What a binding may set.'),
    kyverno: anyObject().describe(
      'The policy as a manifest of Kyverno with `${name}` where a parameter goes; name, mode, labels and the organization are filled in.',
    ),
    rollout: z
      .object({
        allowedModes: z
          .array(z.enum(['audit', 'enforce']))
          .min(1)
          .max(2)
          .default(['audit', 'enforce'])
          .describe('The modes that a binding may have.'),
        defaultMode: z
          .enum(['audit', 'enforce'])
          .default('audit')
          .describe('The mode that the form begins with.'),
        preview: z
          .boolean()
          .default(true)
          .describe('It can be tried on the objects there are before it is bound.'),
      })
      .default({ allowedModes: ['audit', 'enforce'], defaultMode: 'audit', preview: true })
      .describe('How it may be brought into force.'),
    remediation: z
      .object({
        guidance: z.string().max(16_384).optional().describe('Markdown for whoever violates it: what to do.'),
        patch: anyObject()
          .optional()
          .describe('A merge patch that puts it right, where that can be said in general.'),
      })
      .default({})
      .describe('What helps who violates it.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Valid', 'Invalid']).optional().describe('Whether it can be bound.'),
    validationErrors: z.array(z.string()).optional().describe('What is wrong with it.'),
    lastRenderedPolicy: z.string().optional().describe('The policy that its defaults make, as YAML.'),
    boundBy: z.int().min(0).optional().describe('How many bindings use it, in all organizations.'),
  }),
  conditions: {
    Ready: ['Valid', 'ParameterUnknown', 'ManifestInvalid', 'KindUnknown'],
  },
  columns: [
    { name: 'Category', path: 'spec.category' },
    { name: 'Severity', path: 'spec.severity' },
    { name: 'Targets', path: 'spec.targetKinds' },
    { name: 'Version', path: 'spec.version' },
    { name: 'Ready', condition: 'Ready' },
  ],
  selectableFields: ['spec.category', 'spec.severity'],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'PolicyTemplate',
      metadata: { name: 'require-pr-description', namespace: 'krate-system' },
      spec: {
        displayName: 'Pull requests say what they do',
        description: 'A description spares the reviewer to guess.',
        category: 'review',
        severity: 'low',
        version: '1.0.0',
        targetKinds: ['PullRequest'],
        parameters: [
          {
            name: 'minLength',
            title: 'Least length',
            description: 'Characters, spaces at either end not counted.',
            type: 'integer',
            default: '20',
            minimum: 1,
            maximum: 1000,
          },
        ],
        kyverno: {
          apiVersion: 'policies.kyverno.io/v1',
          kind: 'ValidatingPolicy',
          spec: {
            matchConstraints: {
              resourceRules: [
                {
                  apiGroups: ['krate.a5c.ai'],
                  apiVersions: ['v1alpha1'],
                  resources: ['pullrequests'],
                  operations: ['CREATE', 'UPDATE'],
                },
              ],
            },
            validations: [
              {
                expression:
                  'has(object.spec.description) && object.spec.description.trim().size() >= ${minLength}',
                message: 'Say in the description what the change does and why.',
              },
            ],
          },
        },
        remediation: { guidance: 'Edit the pull request and say **what** changes and **why**.' },
      },
    },
  ],
  docs: `Templates live in the platform namespace \`krate-system\`, where platform administrators write them; every organization reads and
binds them. Krate has no policy language of its own: the manifest is one of Kyverno.`,
});
export type PolicyTemplate = ResourceOf<typeof PolicyTemplate>;
