import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import { ControlPlaneConfig } from '../config';
import { SIGN_IN_SECONDS } from '../identity/createIdentityRouter';

/**
 * Prints a single-use link for the administrator, as Jupyter does: who can read the output of the process may sign in. The
 * token is in the fragment, which browsers do not send and request logs do not hold; it goes to the terminal whatever the
 * log level, and not into a log that is shipped elsewhere.
 */
export async function printSignInLink(controlPlane: ControlPlane, config: ControlPlaneConfig): Promise<void> {
  const principal: Principal = { type: 'user', name: config.administrator };
  if (!(await controlPlane.isPlatformAdministrator(principal))) return;
  const { token } = await controlPlane.tokens.issue({
    principal,
    purpose: 'sign-in',
    description: 'Printed at the start of the server',
    expiresInSeconds: SIGN_IN_SECONDS,
  });
  process.stdout.write(`krate: sign in (once): ${config.portalUrl}/#sign-in=${token}\n`);
}
