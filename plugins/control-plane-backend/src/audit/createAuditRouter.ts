import { LoggerService } from '@backstage/backend-plugin-api';
import { namespaceOf, organizationOf } from '@krate/plugin-control-plane-common';
import { drained, Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Authenticator } from '../identity/Authenticator';
import { Authorizer } from '../identity/Authorizer';
import { statusErrors } from '../runtime/statusErrors';
import { CSV_HEAD, csvLine } from './auditCsv';
import { AUDIT_EVENTS } from './auditEvents';
import { AuditEvent } from './auditRows';
import { AuditQuery, DatabaseAuditTrail } from './DatabaseAuditTrail';

const MAX_LIMIT = 500;

const text = z.string().min(1).max(253);
const filters = z.strictObject({
  org: text.optional(),
  who: text.optional(),
  action: text.optional(),
  kind: text.optional(),
  object: text.optional(),
  outcome: z.enum(['allowed', 'denied', 'failed']).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).default(100),
  format: z.enum(['csv', 'json']).default('json'),
});

/**
 * `GET /audit?org=&who=&action=&kind=&object=&outcome=&since=&until=&before=&limit=`: newest first; `next` is the `before` of
 * the following page. `GET /audit/export` takes the same and answers all of it as CSV or JSON. Of one organization for its
 * admins, of everything for platform administrators, who also verify the chain: `GET /audit/verify?anchor=<id>:<hash>`.
 */
export function createAuditRouter(options: {
  trail: DatabaseAuditTrail;
  authenticator: Authenticator;
  authorizer: Authorizer;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  logger: LoggerService;
}): Router {
  const { trail, authenticator } = options;
  const router = PromiseRouter();

  router.get('/audit', async (request, response) => {
    const { query, limit } = await allowedQuery(request);
    response.json(await trail.query({ ...query, limit: Math.min(limit, MAX_LIMIT) }));
  });

  router.get('/audit/export', async (request, response) => {
    const { query, format, principal } = await allowedQuery(request);
    const name = `audit${query.organization ? `-${query.organization}` : ''}.${format}`;
    response.set({ 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' });
    response.type(format === 'csv' ? 'text/csv' : 'application/json');
    await send(response, trail.export(query), format);
    await trail.record({
      principal,
      action: 'audit.export',
      outcome: 'allowed',
      organization: query.organization,
      details: { format },
    });
  });

  router.get('/audit/verify', async (request, response) => {
    const principal = await person(request);
    if (!(await options.isPlatformAdministrator(principal)))
      throw await refused(
        principal,
        'audit.verify',
        'Only a platform administrator verifies the audit trail: it is one chain',
      );
    response.json(await trail.verify(anchorIn(request.query.anchor)));
  });

  async function person(request: Request): Promise<Principal> {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    return principal;
  }

  async function allowedQuery(request: Request) {
    const principal = await person(request);
    const { org, limit, format, since, until, ...rest } = parse(request.query);
    if (!(await mayRead(principal, org))) {
      const reason = org
        ? 'The audit trail needs the role admin in the organization; one of its admins can give it'
        : 'Everything is for platform administrators; name an organization as ?org=';
      throw await refused(principal, 'audit.read', reason, org);
    }
    const query: Omit<AuditQuery, 'limit'> = {
      ...rest,
      organization: org,
      since: since ? new Date(since) : undefined,
      until: until ? new Date(until) : undefined,
    };
    return { query, limit, format, principal };
  }

  /** The refusal, which is recorded as every other is: who asks for the trail and may not is worth knowing. */
  async function refused(principal: Principal, action: string, reason: string, organization?: string) {
    await trail.record({ principal, action, outcome: 'denied', organization, details: { reason } });
    return new ApiError('Forbidden', reason);
  }

  async function mayRead(principal: Principal, organization: string | undefined): Promise<boolean> {
    if (organization === undefined) return options.isPlatformAdministrator(principal);
    const namespace = namespaceOf(organization);
    if (organizationOf(namespace) !== organization) return false;
    const attributes = { ...AUDIT_EVENTS, verb: 'list', namespace };
    return (await options.authorizer.authorize(principal, attributes)).allowed;
  }

  router.use(statusErrors(options.logger));
  return router;
}

function parse(query: Request['query']): z.infer<typeof filters> {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  const parsed = filters.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError('BadRequest', `"${issue.path.join('.') || 'query'}": ${issue.message}`);
}

function anchorIn(value: unknown): { id: number; hash: string } | undefined {
  if (value === undefined) return undefined;
  const [, id, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(String(value)) ?? [];
  if (id) return { id: Number(id), hash };
  throw new ApiError('BadRequest', '"anchor" is the head that an earlier verification answered: <id>:<hash>');
}

async function send(
  response: Response,
  events: AsyncIterable<AuditEvent>,
  format: 'csv' | 'json',
): Promise<void> {
  let first = true;
  response.write(format === 'csv' ? CSV_HEAD : '[');
  for await (const event of events) {
    if (response.destroyed) return;
    response.write(format === 'csv' ? csvLine(event) : `${first ? '' : ','}\n${JSON.stringify(event)}`);
    first = false;
    await drained(response);
  }
  response.end(format === 'csv' ? undefined : '\n]\n');
}
