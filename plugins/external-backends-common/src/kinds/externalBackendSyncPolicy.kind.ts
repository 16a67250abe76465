import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { duration, ownershipMode, STRATEGIES } from '../fields';

const strategy = z
  .enum(STRATEGIES)
  .describe(
    '`prefer-external`: theirs. `prefer-krate`: ours, written out. `manual`: a person decides. `ignore`: both stay as they are.',
  );

export const ExternalBackendSyncPolicy = defineKind({
  kind: 'ExternalBackendSyncPolicy',
  plural: 'externalbackendsyncpolicies',
  area: 'external-backends',
  storage: 'config',
  summary:
    'How often a provider is read, who settles conflicts, what a write needs, and how failures are repeated.',
  writableBy: 'admin',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('The provider it is for.'),
    syncInterval: duration().describe('How often to look for changes that no webhook told of: `5m`, `1h`.'),
    webhookFirst: z
      .boolean()
      .default(true)
      .describe('Act on webhooks as they come; the interval is the safety net. Off: only the interval.'),
    backfill: z
      .object({
        interval: duration().default('15m').describe('How often missed changes are fetched.'),
        fullResyncInterval: duration()
          .default('24h')
          .describe('How often everything is compared, which also finds deletions.'),
        pageSize: z
          .int()
          .min(1)
          .max(1000)
          .default(100)
          .describe('Objects read at once; a checkpoint is kept after each page.'),
      })
      .default({ interval: '15m', fullResyncInterval: '24h', pageSize: 100 })
      .describe('How what was missed is caught up with.'),
    writePolicy: z
      .object({
        defaultMode: ownershipMode().default('reviewed-write'),
        agentWriteRequiresApproval: z
          .boolean()
          .default(true)
          .describe('What an agent wants written waits for a person, whatever the mode.'),
      })
      .default({ defaultMode: 'reviewed-write', agentWriteRequiresApproval: true })
      .describe('What may be written to the provider. A binding says more for each interface.'),
    conflictPolicy: z
      .object({
        defaultResolution: strategy.default('manual'),
        fields: z
          .array(
            z.object({
              kind: z.string().min(1).max(63).describe('The kind: `Issue`.'),
              field: z.string().min(1).max(200).describe('Dotted path of the field: `spec.labels`.'),
              resolution: strategy,
            }),
          )
          .max(200)
          .default([])
          .describe('Another answer for single fields.'),
      })
      .default({ defaultResolution: 'manual', fields: [] })
      .describe('How a field that was changed on both sides is settled.'),
    fieldMappingOverrides: z
      .array(
        z.object({
          kind: z.string().min(1).max(63).describe('The kind here: `Issue`.'),
          field: z.string().min(1).max(200).describe('Dotted path of the field here: `spec.priority`.'),
          externalField: z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe('Name of the field there: `customfield_10020`. Absent: the field is not mirrored.'),
          values: z
            .record(z.string(), z.string().max(200))
            .optional()
            .describe('What a value there is called here, where the two differ.'),
        }),
      )
      .max(200)
      .default([])
      .describe('Fields that are mapped otherwise than the adapter would.'),
    retryPolicy: z
      .object({
        maxRetries: z
          .int()
          .min(0)
          .max(20)
          .default(5)
          .describe('How often a failed call is repeated before it is given up.'),
        backoffMs: z
          .int()
          .min(100)
          .max(600_000)
          .default(1000)
          .describe('Milliseconds before the first repetition; doubled each time, with jitter.'),
        maxBackoffMs: z
          .int()
          .min(100)
          .max(86_400_000)
          .default(300_000)
          .describe('The longest wait, in milliseconds.'),
      })
      .default({ maxRetries: 5, backoffMs: 1000, maxBackoffMs: 300_000 })
      .describe('How failed calls are repeated. A limit the provider told of is always waited for.'),
    tombstonePolicy: z
      .object({
        mode: z
          .enum(['tombstone', 'delete'])
          .default('tombstone')
          .describe('`tombstone`: the mirror stays, marked as gone there. `delete`: it is deleted.'),
        retain: duration().default('30d').describe('How long a tombstone stays.'),
      })
      .default({ mode: 'tombstone', retain: '30d' })
      .describe(
        'What happens here to an object that was deleted there. A deletion here never deletes there in a mirroring mode.',
      ),
    confirmationTimeout: duration()
      .default('15m')
      .describe('A write that the provider has not confirmed by then becomes a conflict.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Ready', 'Failed']).optional().describe('Whether it is in use.'),
    usedBy: z.int().min(0).optional().describe('How many bindings go by it.'),
  }),
  conditions: { Ready: ['Valid', 'ProviderMissing', 'FieldUnknown'] },
  selectableFields: ['spec.providerRef'],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Interval', path: 'spec.syncInterval' },
    { name: 'Writes', path: 'spec.writePolicy.defaultMode' },
    { name: 'Conflicts', path: 'spec.conflictPolicy.defaultResolution' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalBackendSyncPolicy',
      metadata: { name: 'github-default', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        syncInterval: '5m',
        writePolicy: { defaultMode: 'write-through', agentWriteRequiresApproval: true },
        conflictPolicy: {
          defaultResolution: 'manual',
          fields: [{ kind: 'Issue', field: 'spec.labels', resolution: 'prefer-external' }],
        },
      },
    },
  ],
});
export type ExternalBackendSyncPolicy = ResourceOf<typeof ExternalBackendSyncPolicy>;
