import { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { Principal } from '@krate/plugin-control-plane-node';

/** Whoever started the template: its actions may do what that person may, and nothing else. */
export function principalOfInitiator(auth: AuthService, credentials: BackstageCredentials): Principal {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'Krate’s actions run for a signed-in person; this template was started without one.',
    );
  }
  // People are one Backstage user in the default namespace; the same name elsewhere is somebody else.
  const { kind, namespace, name } = parseEntityRef(credentials.principal.userEntityRef);
  if (kind.toLowerCase() !== 'user' || namespace !== DEFAULT_NAMESPACE) {
    throw new NotAllowedError('Only users of the catalog namespace "default" can use Krate’s actions.');
  }
  return { type: 'user', name };
}
