import { View } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';
import { setAt, valueAt } from './fields';
import { ownRole } from './ownRole';
import { refuse } from './refuse';

const OWNER = 'spec.owner';

/**
 * Everyone may keep saved lists, so each has an owner: whoever made it, for ever. Nobody else but maintainers may
 * change or delete it.
 */
export function viewsHaveAnOwner(directory: Directory): (request: AdmissionRequest) => void {
  return request => {
    const { kind, operation, object, oldObject, principal, namespace = '' } = request;
    if (kind.resource !== View.resource) return;
    if (operation === 'create') {
      if (principal.type !== 'system') setAt(object, OWNER, principalName(principal));
      return;
    }
    const owner = valueAt(operation === 'delete' ? object : oldObject, OWNER);
    if (operation === 'update') setAt(object, OWNER, owner);
    if (owner === principalName(principal)) return;
    if (includes(ownRole(directory, principal, namespace), 'maintainer')) return;
    const message = 'only its owner and maintainers may change it; save a list of your own instead';
    throw refuse(request, 'Forbidden', { reason: 'NOT_THE_OWNER', field: OWNER, message });
  };
}
