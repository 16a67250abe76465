import { listAuditEvents } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { AUDIT_EVENTS } from '../../audit/auditEvents';
import { FacadeServices } from '../FacadeServices';

/** The audit trail of an organization. */
export function auditRoutes({ audit, authorizer }: FacadeServices): FacadeRoute[] {
  return [
    facadeRoute(listAuditEvents, async ({ principal, organization, namespace }, { query }) => {
      const attributes = { ...AUDIT_EVENTS, verb: 'list', namespace };
      if (!(await authorizer.authorize(principal, attributes)).allowed)
        throw new ApiError('Forbidden', `The audit trail needs the role admin in ${organization}`);
      return { status: 200, body: await audit.query({ ...query, organization }) };
    }),
  ];
}
