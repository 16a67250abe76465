import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const OrgNamespaceBinding = defineKind({
  kind: 'OrgNamespaceBinding',
  plural: 'orgnamespacebindings',
  area: 'control-plane',
  storage: 'config',
  platform: true,
  summary: 'Ties one organization to the one namespace that holds its objects.',
  writableBy: 'system',
  spec: z.object({
    organizationRef: ref('Organization').describe('Whose namespace it is.'),
    namespace: z.string().max(63).describe('Name of the Namespace: `krate-org-<organization>`.'),
    createNamespace: z
      .boolean()
      .default(true)
      .describe('Recorded only: the Organization makes its namespace.'),
    labels: z.record(z.string(), z.string()).optional().describe('Extra labels of the namespace.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Bound', 'Conflict'])
      .optional()
      .describe(
        '`Pending`: there is no such namespace. `Conflict`: it is not labelled as the organization’s.',
      ),
  }),
  conditions: { Ready: ['Bound', 'NamespaceMissing', 'NamespaceTaken'] },
  immutable: ['spec.organizationRef', 'spec.namespace'],
  columns: [
    { name: 'Organization', path: 'spec.organizationRef' },
    { name: 'Namespace', path: 'spec.namespace' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'OrgNamespaceBinding',
      metadata: { name: 'acme', namespace: 'krate-system' },
      spec: { organizationRef: 'acme', namespace: 'krate-org-acme' },
    },
  ],
});
export type OrgNamespaceBinding = ResourceOf<typeof OrgNamespaceBinding>;
