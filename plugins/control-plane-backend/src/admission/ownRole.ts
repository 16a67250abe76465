import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { Role } from '@krate/resource-model';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';

/** The role the caller itself has in a namespace; undefined for runs, strangers and nobody. */
export function ownRole(directory: Directory, principal: Principal, namespace: string): Role | undefined {
  if (principal.type === 'system') return 'admin';
  if (principal.type !== 'user') return undefined;
  if (includes(directory.platformRole(principal.name), 'admin')) return 'admin';
  return namespace === PLATFORM_NAMESPACE ? undefined : directory.roleIn(namespace, principal.name);
}
