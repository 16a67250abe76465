import { AgentRoleBinding, listAuditEvents } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { FacadeServices } from '../FacadeServices';

/** The audit trail of an organization. */
export function auditRoutes({ audit, authorizer }: FacadeServices): FacadeRoute[] {
  return [
    facadeRoute(listAuditEvents, async ({ principal, organization, namespace }, { query }) => {
      // Who may give roles in an organization may see what was done with them.
      const { group, plural } = AgentRoleBinding;
      const attributes = { verb: 'create', group, resource: plural, namespace };
      if (!(await authorizer.authorize(principal, attributes)).allowed)
        throw new ApiError('Forbidden', `The audit trail needs the role admin in ${organization}`);
      return { status: 200, body: await audit.query({ ...query, organization }) };
    }),
  ];
}
