import { githubAuthenticator } from '@backstage/plugin-auth-backend-module-github-provider';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { AuthenticationError } from '@backstage/errors';
import {
  AuthProvidersExtensionPoint,
  createOAuthProviderFactory,
  OAuthAuthenticator,
  OAuthAuthenticatorResult,
} from '@backstage/plugin-auth-node';
import { ControlPlane, ExternalLogin } from '@krate/plugin-control-plane-node';
import { issueIdentity } from './issueIdentity';

/**
 * Backstage asks for no page of the provider's own unless it is told to (`prompt: none`), and whoever is not signed in there would
 * be refused. Left to the provider, it asks whom it does not know.
 */
const oidcThatAsks: typeof oidcAuthenticator = {
  ...oidcAuthenticator,
  initialize: options => {
    const context = oidcAuthenticator.initialize(options);
    return { ...context, initializedPrompt: context.initializedPrompt ?? 'auto' };
  },
};

/**
 * `oidc` and `github`, with Backstage's own protocols and Krate's own answer to who that is. A provider that the app-config
 * does not have is not served.
 */
export function registerExternalProviders(
  providers: AuthProvidersExtensionPoint,
  controlPlane: () => Promise<ControlPlane>,
): void {
  register(providers, 'oidc', oidcThatAsks, controlPlane, ({ fullProfile: { userinfo } }) => ({
    subject: userinfo.sub,
    email: userinfo.email,
    emailVerified: userinfo.email_verified === true,
    displayName: userinfo.name,
    preferredName: userinfo.preferred_username,
  }));
  register(providers, 'github', githubAuthenticator, controlPlane, ({ fullProfile }) => {
    // An address counts only where GitHub says of this very one that it is verified.
    const [email] = (fullProfile.emails ?? []) as { value: string; verified?: boolean }[];
    return {
      subject: fullProfile.id,
      email: email?.value,
      emailVerified: email?.verified === true,
      displayName: fullProfile.displayName,
      preferredName: fullProfile.username,
    };
  });
}

function register<T>(
  providers: AuthProvidersExtensionPoint,
  provider: string,
  authenticator: OAuthAuthenticator<any, T>,
  controlPlane: () => Promise<ControlPlane>,
  loginOf: (result: OAuthAuthenticatorResult<T>) => Omit<ExternalLogin, 'provider'>,
): void {
  providers.registerProvider({
    providerId: provider,
    factory: createOAuthProviderFactory({
      authenticator,
      signInResolver: async ({ result }, context) => {
        const running = await controlPlane();
        const external = { provider, ...loginOf(result) };
        const name = await running.loginOf(external).catch(async error => {
          await running.audit({
            principal: { type: 'anonymous' },
            action: 'sign-in',
            outcome: 'denied',
            details: { provider, reason: error.message },
          });
          throw new AuthenticationError(error.message);
        });
        return issueIdentity(running, context, { type: 'user', name });
      },
    }),
  });
}
