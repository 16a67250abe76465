import { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Principal } from './principal';

const USER_REF = /^user:default\/([^/]+)$/i;

/**
 * The person behind Backstage credentials: a template, an agent or an MCP client acts with that person's rights.
 *
 * @throws NotAllowedError for plugins, which are nobody, and for users of another catalog namespace, who are somebody else
 */
export function principalOfCredentials(auth: AuthService, credentials: BackstageCredentials): Principal {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError('Krate’s actions run for a signed-in person; this call comes without one.');
  }
  const name = USER_REF.exec(credentials.principal.userEntityRef)?.[1];
  if (!name) {
    throw new NotAllowedError('Only users of the catalog namespace "default" can use Krate’s actions.');
  }
  return { type: 'user', name };
}
