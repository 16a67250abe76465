import { createPublicKey, createSign, generateKeyPairSync, KeyObject, randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** Whoever is signed in at the fake. */
export interface FakeAccount {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  preferred_username?: string;
}

/**
 * A fake of an OpenID provider: real discovery, codes that work once, signed id tokens, userinfo. It asks nobody anything:
 * whoever comes is {@link account}.
 */
export class FakeOidcProvider {
  account: FakeAccount = { sub: 'nobody' };
  private readonly codes = new Map<string, { account: FakeAccount; nonce?: string }>();
  private readonly tokens = new Map<string, FakeAccount>();
  private readonly key: KeyObject;

  private constructor(private readonly server: Server) {
    this.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    server.on('request', (request, response) => void this.answer(request, response));
  }

  static async start(): Promise<FakeOidcProvider> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new FakeOidcProvider(server);
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.issuer);
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(this.metadata());
      case '/jwks':
        return json({
          keys: [
            { ...createPublicKey(this.key).export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' },
          ],
        });
      case '/authorize':
        return this.authorize(url, response);
      case '/token': {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        return this.token(new URLSearchParams(Buffer.concat(chunks).toString()), json);
      }
      case '/userinfo': {
        const account = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
        return account ? json(account) : json({ error: 'invalid_token' }, 401);
      }
      default:
        return json({ error: 'not_found' }, 404);
    }
  }

  private metadata() {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  private authorize(url: URL, response: ServerResponse): void {
    const code = randomUUID();
    this.codes.set(code, { account: this.account, nonce: url.searchParams.get('nonce') ?? undefined });
    const back = new URL(url.searchParams.get('redirect_uri')!);
    back.searchParams.set('code', code);
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    response.writeHead(302, { location: back.toString() }).end();
  }

  private token(body: URLSearchParams, json: (body: object, status?: number) => void): void {
    const code = body.get('code') ?? '';
    const granted = this.codes.get(code);
    this.codes.delete(code);
    if (!granted) {
      json({ error: 'invalid_grant' }, 400);
      return;
    }
    const accessToken = randomUUID();
    this.tokens.set(accessToken, granted.account);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      aud: 'krate',
      iat: now,
      exp: now + 300,
      nonce: granted.nonce,
      ...granted.account,
    };
    json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: this.signed(claims),
      scope: 'openid profile email',
    });
  }

  private signed(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${part(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(this.key, 'base64url')}`;
  }
}
