import { resolve } from 'node:path';
import { Config } from '@backstage/config';

/** What the forge takes from the app-config, checked and with its defaults. `config.d.ts` says what each means to people. */
export interface ForgeConfig {
  /** Absent when it is turned off. */
  ssh?: SshConfig;
}

export interface SshConfig {
  host: string;
  port: number;
  /** `ssh://git@host[:port]`, without a trailing slash. */
  url?: string;
  /** Absolute. */
  hostKeyFile?: string;
}

/** The only reader of `krate.git.*`. Throws on values that cannot work, naming the key. */
export function readForgeConfig(config: Config): ForgeConfig {
  const ssh = config.getOptionalConfig('krate.git.ssh');
  if (ssh?.getOptionalBoolean('enabled') === false) return {};
  const hostKeyFile = ssh?.getOptionalString('hostKeyFile');
  return {
    ssh: {
      host: ssh?.getOptionalString('listen.host') ?? '127.0.0.1',
      port: portIn(ssh?.getOptionalNumber('listen.port') ?? 7022),
      url: urlIn(ssh?.getOptionalString('url')),
      ...(hostKeyFile ? { hostKeyFile: resolve(hostKeyFile) } : {}),
    },
  };
}

function portIn(port: number): number {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`krate.git.ssh.listen.port: ${port} is no port`);
  return port;
}

function urlIn(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  if (!/^ssh:\/\/git@[^/\s]+\/?$/.test(url))
    throw new Error(`krate.git.ssh.url: "${url}" is not of the form ssh://git@host[:port]`);
  return url.replace(/\/$/, '');
}
