import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';

const run = promisify(execFile);

/** The directory of one job: its checked-out commit, its home, how often it was started, and its result. */
export class JobWorkspace {
  readonly directory: string;
  readonly workspace: string;
  readonly home: string;

  constructor(
    readonly root: string,
    uid: string,
  ) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(uid)) throw new Error('This is no uid');
    this.directory = join(root, uid);
    this.workspace = join(this.directory, 'workspace');
    this.home = join(this.directory, 'home');
  }

  /** Counts a start; gives its number. */
  async countStart(): Promise<number> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = join(this.directory, 'starts');
    const starts = Number(await readFile(file, 'utf8').catch(() => '0')) + 1;
    await writeFile(file, String(starts));
    return starts;
  }

  /**
   * Puts the commit there in a repository of its own, with no way to others. Runs before any code of the job, on an empty
   * directory; afterwards no git of ours may enter it, since its configuration could run programs.
   */
  async checkOut(
    repositories: GitRepositories,
    key: RepositoryKey,
    sha: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.clear();
    await mkdir(this.workspace, { recursive: true, mode: 0o700 });
    await mkdir(this.home, { mode: 0o700 });
    const { git } = repositories;
    const options = { cwd: this.workspace, signal, timeoutMs: 10 * 60_000 };
    await git.run(['init', '--quiet', '--template=', '--initial-branch=krate', '.'], options);
    const source = `file://${repositories.directory(key)}`;
    await git.run(
      [
        'fetch',
        '--quiet',
        '--depth=1',
        '--no-tags',
        '--no-recurse-submodules',
        '--no-write-fetch-head',
        source,
        sha,
      ],
      options,
    );
    await git.run(['-c', 'advice.detachedHead=false', 'checkout', '--quiet', '--detach', sha], options);
  }

  async readResult<Result>(): Promise<Result | undefined> {
    const text = await readFile(join(this.directory, 'result.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Result);
  }

  /** Appears whole or not at all. */
  async writeResult(result: object): Promise<void> {
    const fresh = join(this.directory, 'result.new');
    await writeFile(fresh, JSON.stringify(result), { flush: true });
    await rename(fresh, join(this.directory, 'result.json'));
  }

  /** Removes what the job worked on; the result stays. Directories that were made unreadable are opened first. */
  async clear(): Promise<void> {
    for (const path of [this.workspace, this.home]) {
      await rm(path, { recursive: true, force: true }).catch(async () => {
        await run('chmod', ['-R', 'u+rwx', '--', path]);
        await rm(path, { recursive: true, force: true });
      });
    }
  }
}
