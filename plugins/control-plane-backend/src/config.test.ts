import { ConfigReader } from '@backstage/config';
import { readConfig } from './config';

const base = { backend: { baseUrl: 'http://127.0.0.1:7007/' } };

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig(new ConfigReader(base))).toEqual({
      docsDirectory: expect.stringMatching(/^\/.*\/docs$/),
      dataDirectory: expect.stringMatching(/^\/.*\/\.krate$/),
      listen: { host: '127.0.0.1', port: 7443 },
      tlsNames: [],
      portalUrl: 'http://127.0.0.1:7007',
      baseUrl: 'http://127.0.0.1:7007',
      localSignIn: false,
      signInProviders: [],
      signInPolicy: { newPeople: 'invited', matchVerifiedEmail: false },
      tokens: { lifetimeSeconds: 90 * 86_400, longestSeconds: 366 * 86_400 },
      auditRetentionMs: undefined,
      retention: new Map(),
      requestLimit: { perSecond: 200, burst: 1000 },
      organizationCreators: 'administrators',
      printSignInLink: true,
      leaseMs: 10_000,
      administrator: 'admin',
      examplesDirectory: expect.stringMatching(/^\/.*\/examples$/),
      examples: undefined,
    });
  });

  it('turns the TLS listener off', () => {
    expect(
      readConfig(new ConfigReader({ ...base, krate: { api: { enabled: false } } })).listen,
    ).toBeUndefined();
  });

  it.each([
    { krate: { api: { listen: { port: 70000 } } }, says: 'krate.api.listen.port is 70000' },
    { krate: { organizations: { create: 'nobody' } }, says: 'krate.organizations.create is "nobody"' },
    { krate: { controllers: { leaseSeconds: 0 } }, says: 'krate.controllers.leaseSeconds is 0' },
    { krate: { signIn: { newPeople: 'all' } }, says: 'krate.signIn.newPeople is "all"' },
    {
      krate: { tokens: { lifetime: { days: 9 }, longest: { days: 1 } } },
      says: 'krate.tokens.lifetime is longer',
    },
    { krate: { audit: { retention: '1s' } }, says: 'krate.audit.retention is shorter' },
    { krate: { examples: '../etc' }, says: 'krate.examples is "../etc"' },
    { krate: { administrator: 'a b' }, says: 'krate.administrator is "a b"' },
  ])('refuses $krate', ({ krate, says }) => {
    expect(() => readConfig(new ConfigReader({ ...base, krate }))).toThrow(says);
  });
});
