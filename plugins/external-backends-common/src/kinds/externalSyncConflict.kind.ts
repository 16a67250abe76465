import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, lastError, localRef, nativeObject, ownershipMode, STRATEGIES } from '../fields';

const value = (what: string) =>
  z
    .string()
    .max(65_536)
    .optional()
    .describe(`${what} A text as it is, anything else as JSON; absent: it has none.`);

export const ExternalSyncConflict = defineKind({
  kind: 'ExternalSyncConflict',
  plural: 'externalsyncconflicts',
  area: 'external-backends',
  storage: 'record',
  summary:
    'A field, or an object, on which Krate and a provider disagree, until a rule or a person settles it.',
  writableBy: 'system',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('The provider.'),
    bindingRef: ref('ExternalBackendBinding').optional().describe('The binding it concerns.'),
    interface: interfaceName('Which interface it belongs to.').optional(),
    resourceRef: localRef('The object here.'),
    external: nativeObject('The object there.').optional(),
    conflictKind: z
      .enum([
        'concurrent-edit',
        'write-rejected-version',
        'unrepresentable-value',
        'ownership-violation',
        'unconfirmed-write',
        'delete-vs-edit',
        'identity-collision',
      ])
      .describe('Why the two cannot both stand.'),
    fieldConflicts: z
      .array(
        z.object({
          fieldPath: z.string().min(1).max(200).describe('Dotted path of the field here: `spec.title`.'),
          baseValue: value('What both had when they last agreed.'),
          localValue: value('What Krate has.'),
          externalValue: value('What the provider has.'),
        }),
      )
      .max(100)
      .default([])
      .describe('The fields that differ. Empty: it is about the object as a whole.'),
    detectedAt: moment().optional().describe('When it was found.'),
    lastSyncedAt: moment().optional().describe('When both sides last agreed.'),
    localGeneration: z.int().min(0).optional().describe('The `metadata.generation` of the object here.'),
    providerVersion: z.string().max(253).optional().describe('The version of the object there.'),
    ownershipMode: ownershipMode().optional(),
    writeIntent: ref('ExternalWriteIntent').optional().describe('The write that it holds up.'),
    resolution: z
      .object({
        strategy: z
          .enum(STRATEGIES)
          .describe(
            '`prefer-external`: theirs. `prefer-krate`: ours, written out. `manual`: `resolvedValues`, on both sides. `ignore`: both stay.',
          ),
        resolvedValues: z
          .array(
            z.object({
              fieldPath: z.string().min(1).max(200).describe('Dotted path of the field.'),
              value: value('What both are to have.'),
            }),
          )
          .max(100)
          .optional()
          .describe('What to write, field by field; needed for `manual`.'),
        comment: z.string().max(4096).optional().describe('Why, for those who ask later.'),
        resolvedBy: z.string().max(253).optional().describe('Who settled it; set by the server.'),
        resolvedAt: moment().optional().describe('When; set by the server.'),
      })
      .optional()
      .describe('How it is settled; given once.'),
  }),
  status: z.object({
    phase: z
      .enum(['Open', 'Resolving', 'Resolved', 'Ignored', 'Superseded'])
      .optional()
      .describe('Where it is. `Superseded`: a newer conflict about the same took its place.'),
    recommendation: z.enum(STRATEGIES).optional().describe('What the policy would do.'),
    supersededBy: ref('ExternalSyncConflict').optional().describe('The conflict that took its place.'),
    supersededAt: moment().optional().describe('When it did.'),
    resolvedAt: moment().optional().describe('When both sides agreed again.'),
    lastError: lastError(),
  }),
  conditions: {
    Resolved: [
      'Resolved',
      'Open',
      'AwaitingWrite',
      'Ignored',
      'Superseded',
      'WriteFailed',
      'ResolvedValueMissing',
    ],
  },
  immutable: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.interface',
    'spec.resourceRef',
    'spec.external',
    'spec.conflictKind',
    'spec.fieldConflicts',
    'spec.detectedAt',
  ],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.resourceRef.kind',
    'spec.resourceRef.name',
    'spec.conflictKind',
    'status.phase',
  ],
  actions: {
    resolve: {
      field: 'spec.resolution',
      by: 'spec.resolution.resolvedBy',
      at: 'spec.resolution.resolvedAt',
      role: 'maintainer',
    },
  },
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Kind', path: 'spec.resourceRef.kind' },
    { name: 'Object', path: 'spec.resourceRef.name' },
    { name: 'Conflict', path: 'spec.conflictKind' },
    { name: 'Strategy', path: 'spec.resolution.strategy' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalSyncConflict',
      metadata: { name: 'web-17-title-8c1b', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        interface: 'issueTracking',
        resourceRef: { kind: 'Issue', name: 'web-17' },
        external: { nativeKind: 'issue', nativeNumber: 17, url: 'https://github.com/acme/web/issues/17' },
        conflictKind: 'concurrent-edit',
        fieldConflicts: [
          {
            fieldPath: 'spec.title',
            baseValue: 'Prices are off',
            localValue: 'Prices are off by one cent',
            externalValue: 'Wrong prices in the basket',
          },
        ],
        detectedAt: '2026-11-20T09:30:00Z',
        localGeneration: 4,
        ownershipMode: 'bidirectional',
      },
    },
  ],
  docs: `Settle it by setting \`spec.resolution\`. With \`prefer-krate\` and \`manual\` it stays \`Resolving\` until the provider has confirmed the
write. Everything else of the object goes on being mirrored meanwhile.`,
});
export type ExternalSyncConflict = ResourceOf<typeof ExternalSyncConflict>;
