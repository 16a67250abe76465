import { resolve } from 'node:path';
import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import type { SignInPolicy } from './identity/ExternalSignIns';
import { mailConfigOf } from './invites/mailConfigOf';
import type { MailConfig } from './invites/Mailer';
import { RequestLimit } from './identity/RequestLimiter';

/** The control plane's configuration, checked and with its defaults. `config.d.ts` says what each means to people. */
export interface ControlPlaneConfig {
  /** Absolute. */
  dataDirectory: string;
  /** Where the Kubernetes API listens with TLS; absent when it is turned off. */
  listen?: { host: string; port: number };
  /** Further names and addresses of the server's certificate. */
  tlsNames: string[];
  /** Where the portal answers, without a trailing slash. */
  portalUrl: string;
  /** Where this backend answers, without a trailing slash. */
  baseUrl: string;
  /** How much one caller may ask of the APIs; absent when that is not limited. */
  requestLimit?: RequestLimit;
  organizationCreators: 'administrators' | 'everyone';
  /** How long the audit trail is kept, in milliseconds; absent for ever. */
  auditRetentionMs?: number;
  /** How long objects of a kind are kept where that differs from what the kind declares: milliseconds, or `never` deleted. */
  retention: ReadonlyMap<string, number | 'never'>;
  printSignInLink: boolean;
  /** How long another process waits for one that died before its controllers act. */
  leaseMs: number;
  /** Whether people sign in with links (the provider `local`). */
  localSignIn: boolean;
  /** Ways to sign in that the app-config has, in its order. */
  signInProviders: SignInProvider[];
  signInPolicy: SignInPolicy;
  /** How mail is sent; absent where it is not. */
  mail?: MailConfig;
  /** How long access tokens last that do not say, and how long they may; in seconds. */
  tokens: { lifetimeSeconds: number; longestSeconds: number };
  /** Backstage user name of the first platform administrator. */
  administrator: string;
  /** Absolute; the documentation that the portal shows. */
  docsDirectory: string;
  /** Absolute. */
  examplesDirectory: string;
  /** Folder below it whose manifests the first start applies; absent for none. */
  examples?: string;
}

const USER_NAME = /^[A-Za-z0-9][-A-Za-z0-9_.]{0,62}$/;

/** The only reader of `krate.*`. Throws on values that cannot work, naming the key. */
export function readConfig(config: Config): ControlPlaneConfig {
  const krate = config.getOptionalConfig('krate');
  const baseUrl = withoutSlash(config.getString('backend.baseUrl'));
  return {
    dataDirectory: resolve(krate?.getOptionalString('dataDirectory') ?? '.krate'),
    listen: listenOf(krate),
    tlsNames: krate?.getOptionalStringArray('api.names') ?? [],
    portalUrl: withoutSlash(config.getOptionalString('app.baseUrl') ?? baseUrl),
    baseUrl,
    requestLimit: requestLimitOf(krate),
    organizationCreators: creatorsOf(krate?.getOptionalString('organizations.create')),
    localSignIn: config.has('auth.providers.local'),
    signInProviders: providersOf(config),
    signInPolicy: policyOf(krate),
    mail: mailConfigOf(config),
    tokens: tokensOf(krate),
    auditRetentionMs: retentionOf(krate),
    leaseMs: leaseIn(krate?.getOptionalNumber('controllers.leaseSeconds')),
    retention: retentionByKind(krate),
    printSignInLink: krate?.getOptionalBoolean('signIn.printLink') ?? true,
    administrator: userNameIn(krate?.getOptionalString('administrator') ?? 'admin'),
    docsDirectory: resolve(krate?.getOptionalString('docsDirectory') ?? 'docs'),
    examplesDirectory: resolve(krate?.getOptionalString('examplesDirectory') ?? 'examples'),
    examples: exampleIn(krate?.getOptionalString('examples')),
  };
}

/** A way to sign in, without anything that is secret. */
export interface SignInProvider {
  id: string;
  title: string;
  type: 'local' | 'oidc' | 'github';
  /** Whether the app-config has all that it needs. */
  complete: boolean;
  /** OIDC: where the provider describes itself. */
  metadataUrl?: string;
}

const TITLES = { local: 'Sign-in link', oidc: 'OpenID Connect', github: 'GitHub' } as const;

function providersOf(config: Config): SignInProvider[] {
  const environment = config.getOptionalString('auth.environment') ?? 'development';
  const types = Object.keys(TITLES) as SignInProvider['type'][];
  return types
    .filter(type => config.has(`auth.providers.${type}`))
    .map(type => {
      const own = config.getOptionalConfig(`auth.providers.${type}.${environment}`);
      return {
        id: type,
        title: config.getOptionalString(`krate.signIn.titles.${type}`) ?? TITLES[type],
        type,
        complete: type === 'local' || Boolean(own?.has('clientId') && own.has('clientSecret')),
        ...(type === 'oidc' ? { metadataUrl: own?.getOptionalString('metadataUrl') } : {}),
      };
    });
}

function policyOf(krate: Config | undefined): SignInPolicy {
  const newPeople = krate?.getOptionalString('signIn.newPeople') ?? 'invited';
  if (newPeople !== 'nobody' && newPeople !== 'invited' && newPeople !== 'everyone')
    throw new Error(`krate.signIn.newPeople is "${newPeople}": use nobody, invited or everyone`);
  return { newPeople, matchVerifiedEmail: krate?.getOptionalBoolean('signIn.matchVerifiedEmail') ?? false };
}

const DAY_SECONDS = 24 * 60 * 60;

function tokensOf(krate: Config | undefined): ControlPlaneConfig['tokens'] {
  const longestSeconds = secondsOf(krate, 'tokens.longest') ?? 366 * DAY_SECONDS;
  const lifetimeSeconds = secondsOf(krate, 'tokens.lifetime') ?? Math.min(90 * DAY_SECONDS, longestSeconds);
  if (lifetimeSeconds > longestSeconds)
    throw new Error('krate.tokens.lifetime is longer than krate.tokens.longest');
  return { lifetimeSeconds, longestSeconds };
}

function retentionOf(krate: Config | undefined): number | undefined {
  const seconds = secondsOf(krate, 'audit.retention');
  return seconds === undefined ? undefined : seconds * 1000;
}

function retentionByKind(krate: Config | undefined): ReadonlyMap<string, number | 'never'> {
  const kinds = krate?.getOptionalConfig('retention')?.keys() ?? [];
  const keptFor = (key: string) =>
    krate!.getOptional(key) === 'never' ? ('never' as const) : secondsOf(krate, key)! * 1000;
  return new Map(kinds.map(kind => [kind, keptFor(`retention.${kind}`)]));
}

function secondsOf(krate: Config | undefined, key: string): number | undefined {
  if (!krate?.has(key)) return undefined;
  const seconds = Math.floor(durationToMilliseconds(readDurationFromConfig(krate, { key })) / 1000);
  if (seconds >= 60) return seconds;
  throw new Error(`krate.${key} is shorter than a minute`);
}

function listenOf(krate: Config | undefined): ControlPlaneConfig['listen'] {
  if (krate?.getOptionalBoolean('api.enabled') === false) return undefined;
  const port = krate?.getOptionalNumber('api.listen.port') ?? 7443;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`krate.api.listen.port is ${port}, which is no port: use 0 to 65535`);
  }
  return { host: krate?.getOptionalString('api.listen.host') ?? '127.0.0.1', port };
}

function requestLimitOf(krate: Config | undefined): RequestLimit | undefined {
  if (krate?.getOptionalBoolean('api.rateLimit.enabled') === false) return undefined;
  const perSecond = krate?.getOptionalNumber('api.rateLimit.requestsPerSecond') ?? 200;
  const burst = krate?.getOptionalNumber('api.rateLimit.burst') ?? 5 * perSecond;
  if (!(perSecond > 0)) throw new Error('krate.api.rateLimit.requestsPerSecond must be more than 0');
  if (!(burst >= 1)) throw new Error('krate.api.rateLimit.burst must be at least 1');
  return { perSecond, burst };
}

function creatorsOf(value = 'administrators'): ControlPlaneConfig['organizationCreators'] {
  if (value === 'administrators' || value === 'everyone') return value;
  throw new Error(`krate.organizations.create is "${value}": use administrators or everyone`);
}

function leaseIn(seconds = 10): number {
  if (seconds >= 1 && seconds <= 300) return seconds * 1000;
  throw new Error(`krate.controllers.leaseSeconds is ${seconds}: use 1 to 300`);
}

function exampleIn(name = 'none'): string | undefined {
  if (name === 'none') return undefined;
  if (/^[a-z0-9][-a-z0-9]*$/.test(name)) return name;
  throw new Error(`krate.examples is "${name}": name a folder of examples/, or none`);
}

function userNameIn(name: string): string {
  if (USER_NAME.test(name)) return name;
  throw new Error(`krate.administrator is "${name}", which is no Backstage user name`);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
