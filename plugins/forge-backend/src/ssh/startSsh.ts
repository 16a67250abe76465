import { join } from 'node:path';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { SshConfig } from '../config';
import { ServerKey } from '../keys/ServerKey';
import { GitProcessOptions } from '../transport/GitProcess';
import { KeyIndex } from './KeyIndex';
import { KeyUse } from './KeyUse';
import { SshServer } from './SshServer';

export interface RunningSsh {
  /** What comes before `/<organization>/<name>.git`; absent: it is not served. */
  url?: string;
  stop(): Promise<void>;
}

const NOT_SERVED: RunningSsh = { stop: async () => {} };

/** Serves git over SSH. A port that is taken is reported and leaves the rest of Krate running. */
export async function startSsh(
  config: SshConfig | undefined,
  controlPlane: ControlPlane,
  { use, ...git }: Omit<GitProcessOptions, 'logger'> & { use: KeyUse },
): Promise<RunningSsh> {
  if (!config) return NOT_SERVED;
  const { client, logger, wake } = controlPlane;
  const hostKey = new ServerKey(
    config.hostKeyFile ?? join(git.repositories.root, '.keys', 'ssh-host'),
    'krate',
  );
  const index = new KeyIndex(client, error => logger.error(`SSH keys are not followed any more: ${error}`));
  const access = new RepositoryAccess(controlPlane);
  const { host, port } = config;
  const server = new SshServer({ ...git, client, logger, wake, access, use, index, hostKey, host, port });
  try {
    const taken = await server.start();
    index.start();
    const url = config.url ?? `ssh://git@${new URL(controlPlane.baseUrl).hostname}:${taken}`;
    logger.info(`git is served over SSH at ${url}`);
    return {
      url,
      async stop() {
        index.stop();
        await server.stop();
      },
    };
  } catch (error) {
    logger.warn(
      `git is not served over SSH on ${host}:${port}: ${error}. Set krate.git.ssh.listen.port to another port.`,
    );
    return NOT_SERVED;
  }
}
