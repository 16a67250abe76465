import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { EffectError } from '@krate/controller-runtime';
import {
  isLoopbackAddress,
  isPrivateAddress,
  isPublicAddress,
  resolveGuarded,
  Resolver,
} from '@krate/plugin-control-plane-node';
import { ImportConfig } from '../config';

/** Where a repository is brought from: one of the two. */
export interface ImportSource {
  url?: string;
  path?: string;
}

/** What git is told so that it goes there and nowhere else. */
export interface OpenedSource {
  /** Address or absolute path. */
  remote: string;
  config: Record<string, string>;
}

/**
 * Looks a source up and ties git to what was looked at: to the address that the name had then, without redirects, without a
 * proxy, and by one protocol. Throws an `EffectError` that says why it may not be used.
 */
export async function openSource(
  source: ImportSource,
  config: ImportConfig,
  resolve?: Resolver,
): Promise<OpenedSource> {
  if (source.path !== undefined) return openPath(source.path, config);
  const url = new URL(source.url ?? '');
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  const found = await resolveGuarded(url.hostname, address => mayReach(address, config), resolve);
  if (found.problem === 'unresolvable')
    throw new EffectError('unreachable', `The name ${url.hostname} cannot be resolved`, true);
  if (found.problem)
    throw new EffectError(
      'address-refused',
      `${url.hostname} is at ${found.address}, from which nothing may be imported`,
    );
  const port = url.port || (scheme === 'https' ? '443' : '80');
  const address = found.address.includes(':') ? `[${found.address}]` : found.address;
  return {
    remote: url.href,
    config: {
      [`protocol.${scheme}.allow`]: 'always',
      'http.curloptResolve': `${url.hostname}:${port}:${address}`,
      'http.followRedirects': 'false',
      'http.proxy': '',
      'http.lowSpeedLimit': '1000',
      'http.lowSpeedTime': '60',
    },
  };
}

function mayReach(address: string, { allowPrivateAddresses }: ImportConfig): boolean {
  if (isPublicAddress(address)) return true;
  return allowPrivateAddresses && (isLoopbackAddress(address) || isPrivateAddress(address));
}

/** Links are followed before the path is judged. */
async function openPath(path: string, { paths }: ImportConfig): Promise<OpenedSource> {
  const gone = () => {
    throw new EffectError('path-refused', `There is no directory ${path} from which may be imported`);
  };
  const real = await realpath(path).catch(gone);
  const roots = await Promise.all(paths.map(root => realpath(root).catch(() => undefined)));
  const inside = roots.some(
    root => root !== undefined && (real === root || real.startsWith(`${root}${sep}`)),
  );
  if (!inside) return gone();
  return { remote: real, config: { 'protocol.file.allow': 'always' } };
}
