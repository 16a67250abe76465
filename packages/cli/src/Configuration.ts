import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError, EXIT } from './CliError';

export interface Configuration {
  /** Where the portal answers, without a trailing slash. */
  server: string;
  token: string;
  user: string;
  /** The organization meant when `--org` is not given. */
  organization?: string;
}

/** `$KRATE_CONFIG`, or the user's configuration directory. */
export function configurationPath(): string {
  return (
    process.env.KRATE_CONFIG ??
    join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'krate', 'config.json')
  );
}

/** Whether a pipeline says who it is, so that no file is read. */
export function isFromEnvironment(): boolean {
  return Boolean(process.env.KRATE_SERVER && process.env.KRATE_TOKEN);
}

/**
 * `KRATE_SERVER` and `KRATE_TOKEN` together stand in for a login (for pipelines).
 *
 * @throws CliError when nobody is signed in, or the file is broken
 */
export function readConfiguration(): Configuration {
  const { KRATE_SERVER: server, KRATE_TOKEN: token } = process.env;
  if (server && token) return { server: server.replace(/\/$/, ''), token, user: '' };

  const path = configurationPath();
  if (!existsSync(path)) {
    throw new CliError(
      'Not signed in. Run `krate login <link>` with the sign-in link that the server printed.',
      EXIT.denied,
    );
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(
      `${path} cannot be read (${(error as Error).message}); sign in again to make it anew.`,
    );
  }
}

/** Readable by the user alone: it holds a token. */
export function writeConfiguration(configuration: Configuration): void {
  const path = configurationPath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(configuration, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}
