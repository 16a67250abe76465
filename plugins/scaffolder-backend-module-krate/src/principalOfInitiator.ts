import { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { Principal } from '@krate/plugin-control-plane-node';

/** Whoever started the template: its actions may do what that person may, and nothing else. */
export function principalOfInitiator(auth: AuthService, credentials: BackstageCredentials): Principal {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError('Krate’s actions run for a signed-in person; this template was started without one.');
  }
  return { type: 'user', name: parseEntityRef(credentials.principal.userEntityRef).name };
}
