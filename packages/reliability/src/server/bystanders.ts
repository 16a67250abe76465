import { startControlPlane } from '@krate/plugin-control-plane-backend/standalone';
import { ConfigReader } from '@backstage/config';
import { ServerSettings } from './ServerSettings';

type Surroundings = Parameters<typeof startControlPlane>[0];

const say = (level: string) => (message: string, meta?: unknown) => {
  const detail = meta instanceof Error ? meta.stack : meta && JSON.stringify(meta);
  process.stderr.write(`${level} ${message}${detail ? ` ${detail}` : ''}\n`);
};

const logger: Surroundings['logger'] = {
  error: say('error'),
  warn: say('warn'),
  info: say('info'),
  debug: () => undefined,
  child: () => logger,
};

/** Whoever has no token of Krate's own is a stranger. */
const refuse = async (): Promise<never> => {
  throw new Error('There is no Backstage here');
};

/** What Backstage gives the control plane, as little of it as it takes. */
export const bystanders = {
  logger,
  auditor: {
    createEvent: async () => ({ success: async () => undefined, fail: async () => undefined }),
  },
  auth: {
    authenticate: refuse,
    isPrincipal: () => false,
    getOwnServiceCredentials: refuse,
    getNoneCredentials: refuse,
    getPluginRequestToken: refuse,
    getLimitedUserToken: refuse,
    listPublicServiceKeys: refuse,
  } as unknown as Surroundings['auth'],
  httpAuth: { credentials: refuse, issueUserCookie: refuse } as Surroundings['httpAuth'],
  notifications: { send: async () => undefined },
  config: ({ directory, leaseSeconds = 2 }: ServerSettings) =>
    new ConfigReader({
      backend: { baseUrl: 'http://127.0.0.1:7150' },
      krate: {
        dataDirectory: directory,
        api: { enabled: false, rateLimit: { enabled: false } },
        signIn: { printLink: false },
        controllers: { leaseSeconds },
      },
    }),
};
