import { resolve } from 'node:path';
import { Config } from '@backstage/config';

/** What the forge takes from the app-config, checked and with its defaults. `config.d.ts` says what each means to people. */
export interface ForgeConfig {
  /** Absent when it is not asked for. */
  ssh?: SshConfig;
  imports: ImportConfig;
}

/** What may be imported from. */
export interface ImportConfig {
  /** Absolute directories. */
  paths: readonly string[];
  allowPrivateAddresses: boolean;
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
  const imports = config.getOptionalConfig('krate.git.import');
  return {
    ssh: sshIn(config.getOptionalConfig('krate.git.ssh')),
    imports: {
      paths: (imports?.getOptionalStringArray('paths') ?? []).map(path => resolve(path)),
      allowPrivateAddresses: imports?.getOptionalBoolean('allowPrivateAddresses') ?? false,
    },
  };
}

function sshIn(ssh: Config | undefined): SshConfig | undefined {
  if (!ssh || ssh.getOptionalBoolean('enabled') === false) return undefined;
  const hostKeyFile = ssh.getOptionalString('hostKeyFile');
  return {
    host: ssh.getOptionalString('listen.host') ?? '127.0.0.1',
    port: portIn(ssh.getOptionalNumber('listen.port') ?? 7022),
    url: urlIn(ssh.getOptionalString('url')),
    ...(hostKeyFile ? { hostKeyFile: resolve(hostKeyFile) } : {}),
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
