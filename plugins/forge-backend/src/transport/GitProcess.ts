import { ChildProcess } from 'node:child_process';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Principal } from '@krate/plugin-control-plane-node';
import { GitRepositories, HOOK_DESCRIPTOR, RefUpdate, RepositoryKey } from '@krate/plugin-forge-node';
import { LAST_PUSH_FILE } from '../repositories/layout';
import { PushLimits, serviceLimits } from './limits';

export interface GitProcessOptions {
  repositories: GitRepositories;
  logger: LoggerService;
  /** Default: those of a server. */
  limits?: PushLimits;
  /** Told after a push moved refs. */
  moved(key: RepositoryKey, principal: Principal, updates: RefUpdate[]): void;
}

/** One git that serves one request of a client, whichever transport it came by. */
export class GitProcess {
  private readonly accepted: RefUpdate[] = [];
  private stderr = '';

  private constructor(
    readonly child: ChildProcess,
    private readonly options: GitProcessOptions,
    private readonly key: RepositoryKey,
    private readonly principal: Principal,
  ) {}

  /**
   * Starts git with the rules of the installation over its shoulder: a push is judged by the receive hook.
   *
   * @param receives whether refs may move in it
   */
  static async start(
    options: GitProcessOptions,
    request: {
      args: readonly string[];
      env: Record<string, string>;
      config?: Record<string, string>;
      key: RepositoryKey;
      principal: Principal;
      receives: boolean;
    },
  ): Promise<GitProcess> {
    const { repositories } = options;
    const { key, principal, receives } = request;
    const limits = serviceLimits(options.limits);
    const child = repositories.git.spawn(
      request.args,
      {
        hooks: 'repository',
        cwd: repositories.root,
        config: {
          'core.hooksPath': await repositories.hooksDirectory(),
          // Refs that only keep objects alive for workspaces: nobody clones, fetches or pushes them.
          'transfer.hideRefs': 'refs/krate',
          ...limits.config,
          ...request.config,
        },
        env: { ...request.env, ...(receives ? limits.receiveEnvironment : {}) },
      },
      receives ? ['pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    );
    const process = new GitProcess(child, options, key, principal);
    if (receives) {
      const socket = child.stdio[HOOK_DESCRIPTOR] as Duplex;
      repositories.serveHook(socket, { ...key, principal, origin: 'push' }, [], process.accepted);
    }
    return process;
  }

  /** Keeps the beginning of what git says on its standard error, for the log. */
  keepErrors(): void {
    this.child.stderr!.on('data', (chunk: Buffer) => {
      if (this.stderr.length < 4096) this.stderr += chunk.toString('utf8');
    });
  }

  /** SIGTERM lets git end its own children and remove what came half; SIGKILL follows for one that does not listen. */
  kill(): void {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    this.child.once('close', () => clearTimeout(timer));
  }

  warn(what: string, error: unknown): void {
    const { namespace, repository } = this.key;
    this.options.logger.warn(`${what} of ${namespace}/${repository} failed: ${error} ${this.stderr.trim()}`);
  }

  /** After git ended: what it moved is told to whoever shows it. */
  async finish(): Promise<void> {
    if (this.accepted.length === 0) return;
    const { repositories, logger, moved } = this.options;
    const file = join(repositories.directory(this.key), LAST_PUSH_FILE);
    const now = new Date();
    await utimes(file, now, now)
      .catch(() => writeFile(file, ''))
      .catch(error => logger.warn(`The time of a push was not kept: ${error}`));
    moved(this.key, this.principal, this.accepted);
  }
}
