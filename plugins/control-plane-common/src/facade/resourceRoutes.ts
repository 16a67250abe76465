import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';

const kindName = z
  .string()
  .min(1)
  .max(63)
  .describe('A kind by any of its names: `Repository`, `repositories`, `repo`.');

/** How every list is narrowed and paged; the words of the Kubernetes API. */
export const pageQuery = z.object({
  labelSelector: z.string().max(4000).optional().describe('`a=b,c!=d,e in (f,g)`'),
  fieldSelector: z
    .string()
    .max(4000)
    .optional()
    .describe('`metadata.name=web`, or a field that the kind declares.'),
  limit: z.coerce.number().int().min(1).max(500).default(500),
  continue: z.string().max(4000).optional().describe('From the page before.'),
});

const anyPage = rest.pageOf(rest.anyResource).meta({ id: 'ResourceList' });
const resourceInput = z
  .looseObject({
    apiVersion: z.string().max(317).optional().describe('Default: that of the kind.'),
    kind: kindName,
    metadata: z.looseObject({
      name: rest.objectName,
      namespace: z.string().max(253).optional().describe('Left out, or the organization’s own.'),
    }),
  })
  .meta({ id: 'ResourceInput' });

const applied = z
  .object({
    operation: z.enum(['created', 'configured']),
    created: z.boolean(),
    name: z.string(),
    resource: rest.anyResource,
  })
  .meta({ id: 'ApplyResult' });

const tag = 'Resources';

export const listResources = defineRoute({
  ...{ id: 'listResources', method: 'GET', path: '/api/orgs/{org}/resources', tag },
  summary: 'Objects of a kind',
  query: pageQuery.extend({ kind: kindName.default('Repository') }),
  errors: [410, 422],
  answers: { 200: { description: 'One page.', body: anyPage } },
});

export const applyResource = defineRoute({
  ...{ id: 'applyResource', method: 'POST', path: '/api/orgs/{org}/resources', tag },
  summary: 'Create an object, or change the fields given',
  action: { bodyAs: 'resource' },
  description:
    'Server-side apply under the manager `krate-api`. The organization and its namespace are filled in. Fields that somebody else manages are a conflict, unless `force` takes them over.',
  query: z.object({
    force: rest.flag.optional(),
    dryRun: rest.flag.optional().describe('Go through everything, store nothing.'),
  }),
  body: resourceInput,
  example: {
    apiVersion: 'krate.a5c.ai/v1alpha1',
    kind: 'Team',
    metadata: { name: 'web' },
    spec: { displayName: 'Web' },
  },
  answers: {
    200: { description: 'It was there and has the fields given.', body: applied },
    201: { description: 'It was made.', body: applied },
  },
});

const oneResource = z.object({ kind: kindName, name: rest.objectName });

export const getResource = defineRoute({
  ...{ id: 'getResource', method: 'GET', path: '/api/orgs/{org}/resources/{kind}/{name}', tag },
  summary: 'One object',
  params: oneResource,
  errors: [422],
  answers: { 200: { description: 'The object.', body: rest.anyResource } },
});

export const deleteResource = defineRoute({
  ...{ id: 'deleteResource', method: 'DELETE', path: '/api/orgs/{org}/resources/{kind}/{name}', tag },
  summary: 'Delete one object',
  params: oneResource,
  answers: { 200: { description: 'It is gone, or goes.', body: rest.deleted } },
});

export const listRuntimeResources = defineRoute({
  ...{ id: 'listRuntimeResources', method: 'GET', path: '/api/orgs/{org}/runtime-resources/{kind}', tag },
  summary: 'Objects of a kind that records work: runs, jobs, reviews',
  description: 'As the list of resources, for kinds of the storage class `record` only.',
  params: z.object({ kind: kindName }),
  query: pageQuery,
  errors: [410, 422],
  answers: { 200: { description: 'One page.', body: anyPage } },
});

const snapshot = z
  .object({
    apiVersion: z.literal('krate.a5c.ai/v1alpha1'),
    kind: z.literal('KrateRuntimeSnapshot'),
    organizationRef: z.string(),
    namespace: z.string(),
    resourceVersion: z.string(),
    exportedAt: z.string(),
    resources: z.array(rest.anyResource),
    excluded: z.array(z.object({ kind: z.string(), reason: z.string() })),
  })
  .meta({ id: 'KrateRuntimeSnapshot' });

export const exportSnapshot = defineRoute({
  ...{ id: 'exportSnapshot', method: 'GET', path: '/api/orgs/{org}/snapshot', tag: 'Snapshots' },
  summary: 'The organization’s configuration as manifests',
  action: { name: 'snapshot' },
  description:
    'Every object of a `config` kind that you may list, without what the server owns. Secrets and records of work are left out; `excluded` names them.',
  answers: { 200: { description: 'The snapshot.', body: snapshot } },
});

const snapshotInput = z
  .looseObject({
    kind: z.literal('KrateRuntimeSnapshot').optional(),
    organizationRef: z
      .string()
      .max(253)
      .optional()
      .describe('Where it was exported; it may be imported elsewhere.'),
    resources: z.array(resourceInput).max(20_000),
  })
  .meta({ id: 'SnapshotInput' });

export const importSnapshot = defineRoute({
  ...{ id: 'importSnapshot', method: 'POST', path: '/api/orgs/{org}/snapshot', tag: 'Snapshots' },
  summary: 'Bring the objects of a snapshot into the organization',
  action: false,
  description:
    'First every object goes through validation and admission without being stored; when one is refused nothing is written and `reasons` says what is wrong with which. Then they are applied, those that others refer to first. Objects that are not in the snapshot stay.',
  query: z.object({ dryRun: rest.flag.optional() }),
  body: snapshotInput,
  bodyLimit: 8 * 1024 * 1024,
  example: {
    kind: 'KrateRuntimeSnapshot',
    resources: [{ kind: 'Team', metadata: { name: 'web' }, spec: { displayName: 'Web' } }],
  },
  answers: {
    200: {
      description: 'Imported, or with `dryRun` only found to be in order.',
      body: z.object({
        dryRun: z.boolean(),
        created: z.int(),
        configured: z.int(),
        resources: z.array(
          z.object({ kind: z.string(), name: z.string(), operation: z.enum(['created', 'configured']) }),
        ),
      }),
    },
  },
});

export const streamEvents = defineRoute({
  ...{ id: 'streamEvents', method: 'GET', path: '/api/orgs/{org}/events/stream', tag: 'Events' },
  summary: 'Changes of the organization’s objects as they happen',
  description:
    'Server-sent events, each `data: {"type", "payload"}`: `connected` first, then `resource-change {kind, name, operation, timestamp, resourceVersion}`, and `heartbeat` every 30 seconds. A client that gives its `Last-Event-ID` resumes there and misses nothing; one that comes too late is told by `reset` and goes on from now.',
  query: z.object({
    kinds: z
      .string()
      .max(4000)
      .optional()
      .describe('Names of kinds, separated by commas. Default: every kind that you may watch.'),
  }),
  errors: [422],
  answers: { 200: { description: 'The stream.', body: z.string(), contentType: 'text/event-stream' } },
});

const auditEvent = z
  .object({
    id: z.int(),
    time: z.string(),
    principal: z.string(),
    action: z.string(),
    outcome: z.enum(['allowed', 'denied', 'failed']),
    organization: z.string().optional(),
    resource: z.string().optional().describe('`Kind/namespace/name`'),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AuditEvent' });

export const listAuditEvents = defineRoute({
  ...{ id: 'listAuditEvents', method: 'GET', path: '/api/orgs/{org}/audit', tag: 'Audit' },
  summary: 'Who did what, and what was refused, newest first',
  action: { name: 'audit-query' },
  description: 'For admins of the organization.',
  query: z.object({
    action: z.string().max(120).optional().describe('`create`, `delete`, `merge`, …'),
    before: z.coerce.number().int().min(1).optional().describe('`next` of the page before.'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answers: {
    200: {
      description: 'One page.',
      body: z.object({ items: z.array(auditEvent), next: z.int().optional() }),
    },
  },
});
