import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

/** core/v1 Namespace: the isolation boundary of an organization. */
export const Namespace = defineKind({
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  group: '',
  version: 'v1',
  area: 'control-plane',
  storage: 'config',
  clusterScoped: true,
  summary: 'The isolation boundary of one organization.',
  writableBy: 'system',
  spec: z.object({
    finalizers: z.array(z.string()).optional().describe('Kubernetes’ own field, kept as it was given.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Terminating'])
      .optional()
      .describe('`Terminating`: it is being emptied and takes nothing new.'),
  }),
  columns: [{ name: 'Status', path: 'status.phase' }],
  examples: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'krate-org-acme' } }],
});
export type Namespace = ResourceOf<typeof Namespace>;

/** core/v1 Secret: values are encrypted at rest and never answered. */
export const Secret = defineKind({
  kind: 'Secret',
  plural: 'secrets',
  group: '',
  version: 'v1',
  area: 'control-plane',
  storage: 'config',
  flat: true,
  summary: 'Named values that are written, used by whom they were granted to, and never shown again.',
  writableBy: 'admin',
  readableBy: 'maintainer',
  spec: z.object({
    type: z.string().default('Opaque').describe('What it holds, for programs: `Opaque` says nothing.'),
    immutable: z
      .boolean()
      .optional()
      .describe('Its values cannot be changed any more; delete it and make another.'),
    data: z
      .record(z.string(), base64)
      .optional()
      .describe('Base64 values. Read back with every value empty; an empty value keeps what is there.')
      .meta({ 'x-krate-write-only': true }),
    stringData: z
      .record(z.string(), z.string())
      .optional()
      .describe('Write-only plain values; merged into data.')
      .meta({ 'x-krate-write-only': true }),
  }),
  columns: [{ name: 'Type', path: 'type' }],
  examples: [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'model-key', namespace: 'krate-org-acme' },
      type: 'Opaque',
      stringData: { apiKey: 'replace-me' },
    },
  ],
});
export type Secret = ResourceOf<typeof Secret>;

/** core/v1 ConfigMap: settings that are no secrets. */
export const ConfigMap = defineKind({
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  group: '',
  version: 'v1',
  area: 'control-plane',
  storage: 'config',
  flat: true,
  summary: 'Settings and files that agents and jobs may be given; readable by everyone in the organization.',
  writableBy: 'maintainer',
  spec: z.object({
    data: z.record(z.string(), z.string()).optional().describe('Texts by key.'),
    binaryData: z.record(z.string(), base64).optional().describe('Base64 bytes by key.'),
  }),
  examples: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'npm-test-policy', namespace: 'krate-org-acme' },
      data: { 'allowed-scripts.json': '["test", "lint"]' },
    },
  ],
});
export type ConfigMap = ResourceOf<typeof ConfigMap>;

const objectReference = z.object({
  apiVersion: z.string().optional().describe('Its API version: `krate.a5c.ai/v1alpha1`.'),
  kind: z.string().optional().describe('Its kind.'),
  namespace: z.string().optional().describe('Its namespace.'),
  name: z.string().optional().describe('Its name.'),
  uid: z.string().optional().describe('Its uid: which of several that had the name one after another.'),
  resourceVersion: z.string().optional().describe('Its version when it happened.'),
  fieldPath: z.string().optional().describe('The part of it that is meant, if not all of it.'),
});

/** core/v1 Event: what happened to an object, for people. */
export const Event = defineKind({
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  group: '',
  version: 'v1',
  area: 'control-plane',
  storage: 'record',
  retention: { since: 'lastTimestamp', days: 7 },
  flat: true,
  summary: 'What happened to an object, counted, for people to read.',
  writableBy: 'system',
  spec: z.object({
    involvedObject: objectReference.describe('What it happened to.'),
    reason: z.string().optional().describe('What happened, in one UpperCamelCase word, for programs.'),
    message: z.string().max(1024).optional().describe('What happened, in a sentence.'),
    type: z.enum(['Normal', 'Warning']).optional().describe('`Warning`: somebody may have to do something.'),
    count: z.int().optional().describe('How often it happened.'),
    firstTimestamp: z.iso.datetime({ offset: true }).optional().describe('When it happened first.'),
    lastTimestamp: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When it happened last; it is removed 7 days later.'),
    eventTime: z.iso
      .datetime({ offset: true })
      .nullable()
      .optional()
      .describe('When it happened, for clients that use this instead of `firstTimestamp`.'),
    action: z.string().optional().describe('What was done or tried.'),
    source: z
      .object({
        component: z.string().optional().describe('Its name.'),
        host: z.string().optional().describe('The machine it ran on.'),
      })
      .optional()
      .describe('The component that says so.'),
    reportingComponent: z
      .string()
      .optional()
      .describe('The component that says so, for clients that use this instead of `source`.'),
    reportingInstance: z
      .string()
      .optional()
      .describe('Which one of several of that component; Krate’s own give the component’s name again.'),
  }),
  selectableFields: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'type',
  ],
  columns: [
    { name: 'Last Seen', path: 'lastTimestamp', type: 'date' },
    { name: 'Type', path: 'type' },
    { name: 'Reason', path: 'reason' },
    { name: 'Object', path: 'involvedObject.name' },
    { name: 'Message', path: 'message' },
  ],
  examples: [
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'web.17f', namespace: 'krate-org-acme' },
      involvedObject: { kind: 'Repository', namespace: 'krate-org-acme', name: 'web' },
      reason: 'Created',
      message: 'The bare repository was created',
      type: 'Normal',
      count: 1,
    },
  ],
});
export type Event = ResourceOf<typeof Event>;
