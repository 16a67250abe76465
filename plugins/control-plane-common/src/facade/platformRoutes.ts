import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';

const check = z.object({ name: z.string(), ok: z.boolean() });
const health = z
  .object({ ok: z.boolean(), project: z.literal('Krate'), checks: z.array(check) })
  .meta({ id: 'Health' });

const healthRoute = <const Id extends string, const Path extends string>(
  id: Id,
  path: Path,
  description: string,
) =>
  defineRoute({
    ...{ id, path, method: 'GET', tag: 'Health', open: true },
    summary: description,
    answers: {
      200: { description: 'Yes.', body: health },
      503: { description: 'No; `checks` says which part does not answer.', body: health },
    },
  });

export const getHealth = healthRoute('getHealth', '/healthz', 'Whether the server works');
export const getLiveness = healthRoute('getLiveness', '/livez', 'Whether the process answers');
export const getReadiness = healthRoute('getReadiness', '/readyz', 'Whether requests can be served');

export const getOpenApi = defineRoute({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'Health',
  summary: 'This document, with the routes of the areas that are installed',
  answers: { 200: { description: 'OpenAPI 3.1.', body: z.record(z.string(), z.unknown()) } },
});

const organizationSummary = z
  .object({
    slug: z.string(),
    displayName: z.string(),
    namespace: z.string(),
    role: z.string().optional().describe('Yours; absent for a platform administrator who is no member.'),
  })
  .meta({ id: 'OrgSummary' });

const kindSummary = z.object({
  kind: z.string(),
  plural: z.string(),
  area: z.string(),
  storage: z.enum(['config', 'record']),
  total: z.int().describe('How many objects there are.'),
});

const controllerModel = z
  .looseObject({
    org: organizationSummary.optional(),
    orgs: z.array(organizationSummary),
    namespace: z.string().optional(),
    status: z.enum(['ok', 'degraded', 'unknown']).describe('`degraded` while the organization is not ready.'),
    resources: z.array(kindSummary),
    views: z.record(z.string(), z.unknown()).describe('What the installed areas add for screens.'),
  })
  .meta({ id: 'ControllerUiModel' });

export const getController = defineRoute({
  id: 'getController',
  method: 'GET',
  path: '/api/controller',
  tag: 'Controller',
  summary: 'What a screen needs to begin with: your organizations, and one of them in numbers',
  description:
    'Without `org` the one organization you are in; when you are in several, only their list. Kinds that you may not list are left out.',
  query: z.object({ org: rest.objectName.optional() }),
  errors: [404],
  answers: { 200: { description: 'The model.', body: controllerModel } },
});

const newOrganization = z
  .strictObject({
    slug: z
      .string()
      .max(200)
      .optional()
      .describe('Lower case letters, digits and hyphens; anything else becomes a hyphen.'),
    name: z.string().max(200).optional().describe('Another word for `slug`.'),
    displayName: z.string().min(1).max(120).optional(),
    description: z.string().max(1000).optional(),
  })
  .meta({ id: 'NewOrganization' });

export const listOrganizations = defineRoute({
  id: 'listOrganizations',
  method: 'GET',
  path: '/api/orgs',
  tag: 'Organizations',
  summary: 'The organizations you may see',
  answers: {
    200: { description: 'By name.', body: z.object({ organizations: z.array(organizationSummary) }) },
  },
});

export const createOrganization = defineRoute({
  id: 'createOrganization',
  method: 'POST',
  path: '/api/orgs',
  tag: 'Organizations',
  summary: 'Make an organization, and be its admin',
  body: newOrganization,
  example: { slug: 'acme', displayName: 'Acme' },
  answers: {
    201: {
      description:
        'Made. `namespace` and `binding` are absent when they were not there yet after a few seconds: read the organization’s conditions.',
      body: z.object({
        organization: rest.objectOf('Organization'),
        namespace: rest.objectOf('Namespace').optional(),
        binding: rest.objectOf('OrgNamespaceBinding').optional(),
      }),
    },
  },
});

export const getOrganization = defineRoute({
  id: 'getOrganization',
  method: 'GET',
  path: '/api/orgs/{org}',
  tag: 'Organizations',
  summary: 'One organization',
  answers: { 200: { description: 'The resource.', body: rest.objectOf('Organization') } },
});
