import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { GitRepositories } from '@krate/plugin-forge-node';

const HOUR = 3_600_000;
/** How long what was put aside stays: time enough to find out and to take it back. */
const KEEP_MS = { trash: 7 * 24 * HOUR, jobs: 7 * 24 * HOUR, halfMade: 24 * HOUR, incoming: 24 * HOUR };
/** Loose objects above which a repository is packed. */
const LOOSE_LIMIT = 2000;

/**
 * Clears what crashes left behind and packs repositories, at the start and once a day. Nothing here is needed for anything
 * to be right, and nothing that is reachable or may be in use is ever removed: objects are packed and not pruned, since
 * workspaces of agents may borrow them.
 */
export class Housekeeper {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: {
      repositories: GitRepositories;
      dataDirectory: string;
      logger: LoggerService;
      now?: () => number;
    },
  ) {}

  start(): void {
    this.working = this.run();
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.run());
    }, 24 * HOUR);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.working;
  }

  /** One round. A part that fails is reported and does not keep the others. */
  async run(): Promise<void> {
    const { repositories, dataDirectory } = this.options;
    await this.attempt('the trash', () =>
      this.removeOld(join(repositories.root, '.trash'), () => true, KEEP_MS.trash),
    );
    await this.attempt('results of jobs', () =>
      this.removeOld(join(dataDirectory, 'jobs'), () => true, KEEP_MS.jobs),
    );
    for (const namespace of await this.list(repositories.root)) {
      const directory = join(repositories.root, namespace);
      if (namespace.startsWith('.')) continue;
      await this.attempt(namespace, () =>
        this.removeOld(directory, name => /^\..+\.new$/.test(name), KEEP_MS.halfMade),
      );
      for (const name of await this.list(directory)) {
        if (name.endsWith('.git') && !this.stopping.signal.aborted)
          await this.attempt(`${namespace}/${name}`, () => this.tidy(join(directory, name)));
      }
    }
  }

  private async tidy(gitDir: string): Promise<void> {
    const { git } = this.options.repositories;
    await this.removeOld(
      join(gitDir, 'objects'),
      name => /^(incoming|tmp_objdir-incoming)-/.test(name),
      KEEP_MS.incoming,
    );
    const count = await git.text(['count-objects'], { gitDir });
    if (Number.parseInt(count, 10) < LOOSE_LIMIT) return;
    await git.run(['repack', '--quiet', '-d', '--geometric=2', '--write-midx'], {
      gitDir,
      timeoutMs: HOUR,
      signal: this.stopping.signal,
      config: { 'pack.threads': '1' },
    });
  }

  private async removeOld(
    directory: string,
    concerns: (name: string) => boolean,
    keepMs: number,
  ): Promise<void> {
    const now = this.options.now?.() ?? Date.now();
    for (const name of (await this.list(directory)).filter(concerns)) {
      const path = join(directory, name);
      const { mtimeMs } = await stat(path);
      if (now - mtimeMs > keepMs) await rm(path, { recursive: true, force: true });
    }
  }

  private list(directory: string): Promise<string[]> {
    return readdir(directory).catch(error => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    });
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.options.logger.warn(`Housekeeping left ${what} as it is: ${error}`);
    }
  }
}
