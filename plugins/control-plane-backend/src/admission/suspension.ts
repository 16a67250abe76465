import { Organization } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';
import { refuse } from './refuse';

/** An organization is suspended, and the suspension lifted, by the platform: not by the organization's own admins. */
export function onlyThePlatformSuspends(directory: Directory): (request: AdmissionRequest) => void {
  return request => {
    const { kind, operation, object, oldObject, principal } = request;
    if (kind.kind !== Organization.kind || operation === 'delete') return;
    const suspended = (value: unknown) => (value as Organization | undefined)?.spec.suspended ?? false;
    if (suspended(object) === suspended(oldObject)) return;
    if (principal.type === 'system') return;
    if (principal.type === 'user' && includes(directory.platformRole(principal.name), 'admin')) return;
    const message = 'only a platform administrator suspends an organization or lifts its suspension';
    throw refuse(request, 'Forbidden', { reason: 'PLATFORM_ONLY', field: 'spec.suspended', message });
  };
}
