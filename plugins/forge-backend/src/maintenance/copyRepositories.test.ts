import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyRepositories } from './copyRepositories';

jest.setTimeout(60_000);

const run = promisify(execFile);
const IDENTITY = {
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' },
};

describe('copyRepositories', () => {
  let directory: string;
  let repository: string;
  const git = async (gitDir: string, ...args: string[]) => {
    const { stdout } = await run('git', ['--git-dir', gitDir, ...args], {
      env: { ...process.env, ...IDENTITY },
    });
    return stdout.trim();
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-copy-'));
    repository = join(directory, 'git', 'krate-org-acme', 'till.git');
    await mkdir(repository, { recursive: true });
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  });
  afterEach(() => rm(directory, { recursive: true }));

  const commit = async (message: string) => {
    const tree = await git(repository, 'write-tree');
    const parent = await git(repository, 'rev-parse', 'main').catch(() => undefined);
    const sha = await git(repository, 'commit-tree', tree, '-m', message, ...(parent ? ['-p', parent] : []));
    await git(repository, 'update-ref', 'refs/heads/main', sha);
    return sha;
  };
  const copied = join('to', 'krate-org-acme', 'till.git');

  it('copies whole repositories while commits arrive and packs are written', async () => {
    const first = await commit('0');
    let stopped = false;
    const working = (async () => {
      for (let i = 1; !stopped; i += 1) {
        await commit(String(i));
        if (i % 5 === 0) await git(repository, 'repack', '--quiet', '-a', '-d');
        if (i % 5 === 0) await git(repository, 'pack-refs', '--all');
      }
    })();
    for (let round = 0; round < 40; round += 1) {
      const to = join(directory, `${round}`);
      await copyRepositories(join(directory, 'git'), to);
      const copy = join(to, 'krate-org-acme', 'till.git');
      await git(copy, 'fsck', '--connectivity-only', '--no-dangling');
      await git(copy, 'merge-base', '--is-ancestor', first, 'main');
    }
    stopped = true;
    await working;
  });

  it('keeps commits that no branch names any more, since runs may', async () => {
    await commit('0');
    const lost = await commit('1');
    await git(repository, 'update-ref', 'refs/heads/main', 'main~1');
    await copyRepositories(join(directory, 'git'), join(directory, 'to'));
    await expect(git(join(directory, copied), 'cat-file', '-t', lost)).resolves.toBe('commit');
  });

  it('leaves out the trash, repositories in the making, hooks and half-received objects', async () => {
    await commit('0');
    for (const path of ['.trash/x', '.hooks', 'krate-org-acme/.y.git.new'])
      await mkdir(join(directory, 'git', path), { recursive: true });
    await mkdir(join(repository, 'objects', 'tmp_objdir-incoming-a'));
    await writeFile(join(repository, 'HEAD.lock'), '');
    await copyRepositories(join(directory, 'git'), join(directory, 'to'));
    await expect(readdir(join(directory, 'to'))).resolves.toEqual(['krate-org-acme']);
    await expect(readdir(join(directory, 'to', 'krate-org-acme'))).resolves.toEqual(['till.git']);
    await expect(readdir(join(directory, copied))).resolves.not.toContain('HEAD.lock');
    await expect(readdir(join(directory, copied, 'objects'))).resolves.not.toContain('tmp_objdir-incoming-a');
  });
});
