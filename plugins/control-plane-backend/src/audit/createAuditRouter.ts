import { LoggerService } from '@backstage/backend-plugin-api';
import { AgentRoleBinding, namespaceOf } from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { Authorizer } from '../identity/Authorizer';
import { statusErrors } from '../runtime/statusErrors';
import { DatabaseAuditTrail } from './DatabaseAuditTrail';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/**
 * `GET /audit?org=&action=&before=&limit=`: newest first. Of one organization for its admins, of everything for platform
 * administrators; `next` is the `before` of the following page.
 */
export function createAuditRouter(options: {
  trail: DatabaseAuditTrail;
  authenticator: Authenticator;
  authorizer: Authorizer;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();
  router.get('/audit', async (request, response) => {
    const { principal } = await options.authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    const organization = one(request.query.org);
    if (!(await mayRead(principal, organization))) {
      throw new ApiError(
        'Forbidden',
        'The audit trail needs the role admin in the organization; name it as ?org=',
      );
    }
    const limit = Math.min(numberIn(request.query.limit) ?? DEFAULT_LIMIT, MAX_LIMIT);
    const before = numberIn(request.query.before);
    response.json(
      await options.trail.query({ organization, action: one(request.query.action), before, limit }),
    );
  });

  /** Who may give roles in an organization may see what was done with them. */
  async function mayRead(principal: Principal, organization: string | undefined): Promise<boolean> {
    if (organization === undefined) return options.isPlatformAdministrator(principal);
    const { group, plural } = AgentRoleBinding;
    const attributes = { verb: 'create', group, resource: plural, namespace: namespaceOf(organization) };
    return (await options.authorizer.authorize(principal, attributes)).allowed;
  }

  router.use(statusErrors(options.logger));
  return router;
}

function one(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError('BadRequest', 'Give every parameter once');
}

function numberIn(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new ApiError('BadRequest', '"limit" and "before" are whole numbers greater than 0');
}
