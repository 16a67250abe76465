import {
  isLoopbackAddress,
  isPublicAddress,
  resolveGuarded,
  Resolver,
} from '@krate/plugin-control-plane-node';

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

/** Decides by the exact host and port asked for, and again by what the name really resolves to. */
export class EgressPolicy {
  constructor(
    private readonly rules: EgressRule[],
    private readonly resolve?: Resolver,
  ) {}

  async judge(host: string, port: number): Promise<EgressVerdict> {
    const name = canonical(host);
    const rule = this.rules.find(entry => canonical(entry.host) === name && entry.port === port);
    if (!rule) return { allowed: false, reason: 'not-listed' };
    const allowed = (address: string) =>
      isPublicAddress(address) || Boolean(rule.loopback && isLoopbackAddress(address));
    const found = await resolveGuarded(name, allowed, this.resolve);
    if (found.problem === 'unresolvable') return { allowed: false, reason: 'unresolvable' };
    if (found.problem) return { allowed: false, reason: 'not-public', address: found.address };
    return { allowed: true, reason: 'allowed', address: found.address };
  }
}

function canonical(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}
