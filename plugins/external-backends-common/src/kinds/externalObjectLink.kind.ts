import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, localRef, nativeObject } from '../fields';

export const ExternalObjectLink = defineKind({
  kind: 'ExternalObjectLink',
  plural: 'externalobjectlinks',
  area: 'external-backends',
  storage: 'record',
  summary: 'Says that an object here and an object at a provider are the same thing.',
  writableBy: 'system',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('The provider.'),
    bindingRef: ref('ExternalBackendBinding').optional().describe('The binding that made the link.'),
    interface: interfaceName('Which interface it belongs to.').optional(),
    externalId: z
      .string()
      .min(1)
      .max(253)
      .describe('The provider’s id of the object; with provider, interface and kind it is linked once.'),
    localRef: localRef('The object here.'),
    external: nativeObject('Where it lives there.').optional(),
  }),
  status: z.object({
    phase: z
      .enum(['Linked', 'Tombstoned', 'Broken'])
      .optional()
      .describe('Whether it holds. `Tombstoned`: deleted there. `Broken`: deleted here.'),
    verifiedAt: moment().optional().describe('When both sides were last seen.'),
    tombstonedAt: moment().optional().describe('When it was deleted there.'),
  }),
  conditions: { Ready: ['Linked', 'Tombstoned', 'LocalMissing', 'ExternalMissing', 'Duplicate'] },
  immutable: ['spec.providerRef', 'spec.interface', 'spec.externalId', 'spec.localRef'],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.externalId',
    'spec.localRef.kind',
    'spec.localRef.name',
  ],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'External Id', path: 'spec.externalId' },
    { name: 'Kind', path: 'spec.localRef.kind' },
    { name: 'Object', path: 'spec.localRef.name' },
    { name: 'Url', path: 'spec.external.url', priority: 1 },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalObjectLink',
      metadata: { name: 'github-acme-web-pull-request-42', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        interface: 'gitForge',
        externalId: '1785903414',
        localRef: { kind: 'PullRequest', name: 'web-42' },
        external: {
          nativeKind: 'pull_request',
          nativeId: '1785903414',
          nativeNumber: 42,
          nodeId: 'PR_kwDOBfQ2Yc5qcpo2',
          url: 'https://github.com/acme/web/pull/42',
          apiUrl: 'https://api.github.com/repos/acme/web/pulls/42',
          etag: 'W/"6f4b0a"',
        },
      },
    },
  ],
});
export type ExternalObjectLink = ResourceOf<typeof ExternalObjectLink>;
