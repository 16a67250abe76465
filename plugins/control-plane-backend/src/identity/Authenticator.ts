import { AuthService, BackstageCredentials, HttpAuthService } from '@backstage/backend-plugin-api';
import { Principal, TokenRecord, TokenService } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import type { Request } from 'express';
import { looksLikeKrateToken } from './DatabaseTokenService';
import { RequestLimiter } from './RequestLimiter';

/** Who made a request, and by which Krate token if by one. */
export interface Authenticated {
  principal: Principal;
  token?: TokenRecord;
  /** When the credential ends, where it says so. */
  expiresAt?: Date;
}

const USER_REF = /^user:default\/([^/]+)$/;
const SAFE_METHODS = ['GET', 'HEAD'];

/**
 * Reads credentials from headers alone, never from the query: a Krate token as Bearer or as the password of Basic (git), a
 * Backstage user token, or Backstage's cookie for reads. No credentials make `anonymous`; bad ones are refused, so that
 * nobody mistakes an expired token for missing rights.
 */
export class Authenticator {
  constructor(
    private readonly options: {
      tokens: TokenService;
      auth: AuthService;
      httpAuth: HttpAuthService;
      /** Refuses callers that ask too much, wherever they ask. */
      limiter?: RequestLimiter;
    },
  ) {}

  async authenticate(request: Request): Promise<Authenticated> {
    const { limiter } = this.options;
    return limiter ? limiter.admit(request, () => this.identify(request)) : this.identify(request);
  }

  private async identify(request: Request): Promise<Authenticated> {
    const header = request.headers.authorization;
    if (header === undefined) return { principal: await this.byCookie(request) };
    const [scheme, credential = ''] = header.trim().split(/\s+/, 2);
    switch (scheme.toLowerCase()) {
      case 'bearer':
        return looksLikeKrateToken(credential) ? this.byToken(credential) : this.byBackstageToken(credential);
      case 'basic':
        return this.byToken(passwordOf(credential));
      default:
        throw unauthorized('Send a token as "Authorization: Bearer …"');
    }
  }

  private async byToken(credential: string): Promise<Authenticated> {
    const token = await this.options.tokens.verify(credential);
    if (!token)
      throw unauthorized('The token is unknown, revoked or expired; sign in again or make a new one');
    return { principal: token.principal, token, expiresAt: token.expiresAt };
  }

  private async byBackstageToken(credential: string): Promise<Authenticated> {
    const { auth } = this.options;
    const credentials = await auth.authenticate(credential).catch(() => undefined);
    if (!credentials) throw unauthorized('The token is not valid, or has expired; sign in again');
    return { principal: this.personOf(credentials), expiresAt: expiryOf(credential) };
  }

  /** The cookie is sent by the browser whoever asks for it to be, so it counts for reads only. */
  private async byCookie(request: Request): Promise<Principal> {
    if (!SAFE_METHODS.includes(request.method) || !request.headers.cookie) return { type: 'anonymous' };
    const credentials = await this.options.httpAuth
      .credentials(request, { allow: ['user', 'none'], allowLimitedAccess: true })
      .catch(() => undefined);
    if (!credentials) throw unauthorized('The session has expired; sign in again');
    return this.options.auth.isPrincipal(credentials, 'none')
      ? { type: 'anonymous' }
      : this.personOf(credentials);
  }

  private personOf(credentials: BackstageCredentials): Principal {
    if (!this.options.auth.isPrincipal(credentials, 'user'))
      throw unauthorized('Only people’s tokens are accepted here');
    const name = USER_REF.exec(credentials.principal.userEntityRef)?.[1];
    if (!name) throw unauthorized('Only users of the namespace "default" can act here');
    return { type: 'user', name };
  }
}

/** The `exp` claim of a token that was verified already. */
function expiryOf(jwt: string): Date | undefined {
  try {
    const { exp } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  } catch {
    // Not a JWT: whatever verified it knows its end, and nothing here does.
    return undefined;
  }
}

function passwordOf(credential: string): string {
  const decoded = Buffer.from(credential, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}

function unauthorized(message: string): ApiError {
  return new ApiError('Unauthorized', message);
}
