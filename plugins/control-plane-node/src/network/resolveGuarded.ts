import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Resolves a host name to all of its addresses. */
export type Resolver = (host: string) => Promise<string[]>;

export const systemResolver: Resolver = async host =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** What a name resolved to: the address to connect to, which must not be resolved again, or why there is none. */
export type GuardedAddress =
  { address: string; problem?: undefined } | { problem: 'unresolvable' | 'refused'; address?: string };

/**
 * The one address to connect to for a host name. Every address the name has must be allowed: one bad address among good ones is a
 * name that is being played with. Connect to the answer, not to the name, so that it cannot mean another machine a moment later.
 */
export async function resolveGuarded(
  host: string,
  allowed: (address: string) => boolean,
  resolve: Resolver = systemResolver,
): Promise<GuardedAddress> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(name) ? [name] : await resolve(name).catch(() => []);
  const [address] = addresses;
  if (!address) return { problem: 'unresolvable' };
  const bad = addresses.find(candidate => !allowed(candidate));
  return bad ? { problem: 'refused', address: bad } : { address };
}
