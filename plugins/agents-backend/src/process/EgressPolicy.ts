import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './privateAddresses';

/** One place a run may reach. No wildcards: what is allowed is what was reviewed. */
export interface EgressRule {
  /** A host name or an IP address, exactly as asked for. */
  host: string;
  port: number;
  /** The name may resolve to this machine; for development and tests. */
  loopback?: boolean;
}

/** Why a request was let through or not. */
export type EgressReason =
  | 'allowed'
  | 'model-route'
  | 'not-listed'
  | 'not-public'
  | 'unresolvable'
  | 'unreachable'
  | 'not-a-route'
  | 'malformed';

/** What the policy says of one target. `address` is the one to connect to: checked, so it must not be resolved again. */
export type EgressVerdict =
  | { allowed: true; address: string; reason: 'allowed' }
  | { allowed: false; reason: EgressReason; address?: string };

/** Resolves a host name to addresses. */
export type Resolver = (host: string) => Promise<string[]>;

const systemResolver: Resolver = async host =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Decides by the exact host and port asked for, and again by what the name really resolves to. */
export class EgressPolicy {
  constructor(
    private readonly rules: EgressRule[],
    private readonly resolve: Resolver = systemResolver,
  ) {}

  async judge(host: string, port: number): Promise<EgressVerdict> {
    const name = canonical(host);
    const rule = this.rules.find(entry => canonical(entry.host) === name && entry.port === port);
    if (!rule) return { allowed: false, reason: 'not-listed' };
    const addresses = isIP(name) ? [name] : await this.resolve(name).catch(() => []);
    const [address] = addresses;
    if (!address) return { allowed: false, reason: 'unresolvable' };
    // one bad address among good ones is a name that is being played with
    const bad = addresses.find(
      candidate => !isPublicAddress(candidate) && !(rule.loopback && isLoopbackAddress(candidate)),
    );
    if (bad) return { allowed: false, reason: 'not-public', address: bad };
    return { allowed: true, reason: 'allowed', address };
  }
}

function canonical(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}
