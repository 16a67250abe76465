import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EffectError } from '@krate/controller-runtime';
import { GitRepositories, isFullRef } from '@krate/plugin-forge-node';
import { Layout } from '../agent/Layout';

const run = promisify(execFile);

export interface WorkspaceRequest {
  namespace: string;
  uid: string;
  repository: string;
  /** A branch's name, or a full ref. */
  branch: string;
  baseSha?: string;
}

export interface Checkout {
  baseSha: string;
  sizeBytes: number;
}

/**
 * The checkouts on this host. Each is a clone that shares the central repository's objects and nothing else: a linked
 * worktree would let an agent move branches and write hooks. git runs here before any agent was near, and never after.
 */
export class Workspaces {
  constructor(
    private readonly repositories: GitRepositories,
    private readonly layout: Layout,
  ) {}

  /** What was checked out; undefined until all of it was. */
  async find(uid: string): Promise<Checkout | undefined> {
    try {
      return JSON.parse(await readFile(this.record(uid), 'utf8')) as Checkout;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async prepare(request: WorkspaceRequest): Promise<Checkout> {
    const directory = this.layout.workspace(request.uid);
    await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
    await rm(directory, { recursive: true, force: true });
    const baseSha = await this.resolve(request);
    await this.keep(request, baseSha);
    await this.clone(request, directory, baseSha);
    const checkout = { baseSha, sizeBytes: await sizeOf(directory) };
    const fresh = `${this.record(request.uid)}.new`;
    await writeFile(fresh, JSON.stringify(checkout), { mode: 0o600 });
    await rename(fresh, this.record(request.uid));
    return checkout;
  }

  exists(uid: string): boolean {
    return existsSync(this.layout.workspace(uid)) || existsSync(this.record(uid));
  }

  async remove({ uid, ...key }: Pick<WorkspaceRequest, 'uid' | 'namespace' | 'repository'>): Promise<void> {
    await rm(this.record(uid), { force: true });
    await rm(this.layout.workspace(uid), { recursive: true, force: true });
    if (!this.repositories.exists(key)) return;
    await this.repositories.git.run(['update-ref', '-d', keptRef(uid)], {
      gitDir: this.repositories.directory(key),
    });
  }

  private async resolve(request: WorkspaceRequest): Promise<string> {
    const { branch, baseSha, repository } = request;
    const ref = branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
    if (!this.repositories.exists(request))
      throw new EffectError(
        'repository-missing',
        `The repository ${repository} is not on this host yet`,
        true,
      );
    if (!isFullRef(ref)) throw new EffectError('branch-invalid', `${branch} cannot be the name of a branch`);
    const head = await this.repositories.readRef(request, ref);
    if (!head)
      throw new EffectError(
        'branch-missing',
        `The repository ${repository} has no ${branch}: push a commit to it first`,
      );
    if (!baseSha) return head;
    // Who may use what is decided by the branch, so another branch's commit must not come in under its name.
    const onBranch =
      (await this.repositories.hasCommit(request, baseSha)) &&
      (await this.repositories.isAncestor(request, baseSha, head));
    if (onBranch) return baseSha;
    throw new EffectError('commit-missing', `The branch ${branch} of ${repository} has no commit ${baseSha}`);
  }

  /** As long as the workspace borrows objects, no clean-up of the central repository may drop them. */
  private async keep(request: WorkspaceRequest, baseSha: string): Promise<void> {
    await this.repositories.git.run(['update-ref', '--no-deref', keptRef(request.uid), baseSha], {
      gitDir: this.repositories.directory(request),
    });
  }

  private async clone(request: WorkspaceRequest, directory: string, baseSha: string): Promise<void> {
    const { git } = this.repositories;
    const name = request.branch.startsWith('refs/') ? 'work' : request.branch;
    const source = this.repositories.directory(request);
    await git.run(
      [
        'clone',
        '--quiet',
        '--shared',
        '--no-tags',
        '--single-branch',
        '--no-checkout',
        '--',
        source,
        directory,
      ],
      { cwd: dirname(directory) },
    );
    const gitDir = `${directory}/.git`;
    await git.run(['remote', 'remove', 'origin'], { gitDir });
    // It leaves this one behind, pointing nowhere, and every `git fsck` in the workspace would complain.
    await git.run(['update-ref', '--no-deref', '-d', 'refs/remotes/origin/HEAD'], { gitDir });
    await git.run(['checkout', '--quiet', '-B', name, baseSha, '--'], {
      gitDir,
      cwd: directory,
      timeoutMs: 600_000,
    });
  }

  private record(uid: string): string {
    return `${this.layout.workspace(uid)}.json`;
  }
}

function keptRef(uid: string): string {
  return `refs/krate/workspaces/${uid}`;
}

async function sizeOf(directory: string): Promise<number> {
  const { stdout } = await run('du', ['-sk', '--', directory]);
  return Number.parseInt(stdout, 10) * 1024;
}
