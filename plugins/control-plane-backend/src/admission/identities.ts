import { AgentRoleBinding, IdentityMapping, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { ROLES } from '@krate/resource-model';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';
import { ownRole } from './ownRole';
import { refuse } from './refuse';

/** A login is one user in a namespace: a second mapping could take the first one's rights over. */
export async function loginsAreMappedOnce(request: AdmissionRequest): Promise<void> {
  const { kind, operation, namespace, client } = request;
  if (kind.kind !== IdentityMapping.kind || operation !== 'create') return;
  const { spec } = request.object as unknown as IdentityMapping;
  const { items } = await client.list(IdentityMapping, { namespace });
  const { name } = request.object.metadata;
  // One of the same name is for the store to refuse, as what it is.
  const others = items.filter(item => item.metadata.name !== name);
  if (!others.some(({ spec: other }) => other.provider === spec.provider && other.subject === spec.subject))
    return;
  const message = 'this login is mapped in this organization already';
  throw refuse(request, 'Invalid', { reason: 'FieldValueDuplicate', field: 'spec.subject', message });
}

/** Nobody gives a role greater than their own, and scope `cluster` means something in the platform namespace only. */
export function bindingsDoNotEscalate(directory: Directory): (request: AdmissionRequest) => void {
  return request => {
    const { kind, operation, namespace, principal } = request;
    if (kind.kind !== AgentRoleBinding.kind || operation === 'delete') return;
    const { spec } = request.object as unknown as AgentRoleBinding;
    if (spec.scope.kind === 'cluster' && namespace !== PLATFORM_NAMESPACE) {
      const message = `scope cluster is for bindings in ${PLATFORM_NAMESPACE}; use organization`;
      throw refuse(request, 'Invalid', { reason: 'FieldValueInvalid', field: 'spec.scope.kind', message });
    }
    const role = ROLES.find(candidate => candidate === spec.roleRef.name);
    if (!role || includes(ownRole(directory, principal, namespace ?? ''), role)) return;
    const message = `you cannot give the role ${role}, which is greater than your own`;
    throw refuse(request, 'Forbidden', {
      reason: 'ROLE_ESCALATION_DENIED',
      field: 'spec.roleRef.name',
      message,
    });
  };
}
