import { LoggerService } from '@backstage/backend-plugin-api';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import { ControlPlaneConfig } from '../config';
import { SIGN_IN_SECONDS } from '../identity/createIdentityRouter';

/**
 * Prints a single-use link for the administrator, as Jupyter does: who can read the log of the process may sign in. The
 * token is in the fragment, which browsers do not send and request logs do not hold.
 */
export async function printSignInLink(controlPlane: ControlPlane, config: ControlPlaneConfig, logger: LoggerService): Promise<void> {
  const principal: Principal = { type: 'user', name: config.administrator };
  if (!(await controlPlane.isPlatformAdministrator(principal))) return;
  const { token } = await controlPlane.tokens.issue({
    principal,
    purpose: 'sign-in',
    description: 'Printed at the start of the server',
    expiresInSeconds: SIGN_IN_SECONDS,
  });
  logger.info(`Sign in: ${config.portalUrl}/#sign-in=${token}`);
}
