import { randomBytes } from 'node:crypto';
import { readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Repository } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';

jest.setTimeout(60_000);

const web = { namespace: NAMESPACE, repository: 'web' };
const MAIN = 'refs/heads/main';

describe('what may go wrong in a repository, with the real git', () => {
  let bed: ForgeBed;
  let work: string;
  let before: string;

  beforeEach(async () => {
    bed = await ForgeBed.start({ input: 24 * 1024 * 1024, allocation: 16 * 1024 * 1024 });
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [{ path: 'a.txt', content: 'a\n' }]);
    await bed.client(['clone', '--quiet', bed.url('web', 'ada'), 'work']);
    work = join(bed.directory, 'work');
    before = (await bed.repositories.readRef(web, MAIN))!;
  });
  afterEach(() => bed.stop());

  const gitDir = () => bed.repositories.directory(web);
  const sound = async () =>
    (await bed.git.run(['fsck', '--full', '--strict'], { gitDir: gitDir() })).exitCode === 0;
  const push = (...args: string[]) => bed.client(['push', 'origin', ...args], work);

  it.each([1, 5, 20, 60, 150])('is whole, old or new, when git is killed %i ms into a push', async delay => {
    await writeFile(join(work, 'large.bin'), randomBytes(4 * 1024 * 1024));
    const sha = await bed.commitFile(work, 'b.txt', 'b');
    const pushed = push('main');
    await until(async () => (await serversIn(bed.repositories.root)).length > 0);
    await new Promise(resolve => setTimeout(resolve, delay));
    for (const pid of await serversIn(bed.repositories.root)) kill(pid);
    await pushed;
    expect([before, sha]).toContain(await bed.repositories.readRef(web, MAIN));
    expect(await sound()).toBe(true);
    // And the next push finds nothing in its way.
    expect((await push('main')).exitCode).toBe(0);
    expect(await bed.repositories.readRef(web, MAIN)).toBe(sha);
  });

  it('is whole when packing is killed, and packs again', async () => {
    for (let i = 0; i < 5; i++) await bed.commitFile(work, `${i}.txt`, `${i}`);
    await writeFile(join(work, 'large.bin'), randomBytes(6 * 1024 * 1024));
    const sha = await bed.commitFile(work, 'z', 'z');
    await push('--quiet', 'main');
    const repack = ['repack', '--quiet', '-a', '-d', '--write-midx'];
    const child = bed.git.spawn(repack, { gitDir: gitDir() }, 'ignore');
    const ended = new Promise(resolve => child.on('close', resolve));
    setTimeout(() => child.kill('SIGKILL'), 8);
    await ended;
    expect(await sound()).toBe(true);
    expect(await bed.repositories.readRef(web, MAIN)).toBe(sha);
    await bed.git.run(repack, { gitDir: gitDir() });
    expect(await sound()).toBe(true);
  });

  it('takes no push beyond its size, and keeps nothing of it', async () => {
    // Above the size from which git streams files, so that it is not the memory that says no.
    await writeFile(join(work, 'huge.bin'), randomBytes(34 * 1024 * 1024));
    await bed.commitFile(work, 'b.txt', 'b');
    const pushed = await push('main');
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.stderr).toContain('exceeds maximum allowed size');
    expect(await bed.repositories.readRef(web, MAIN)).toBe(before);
    expect(await sound()).toBe(true);
  });

  it('takes no small pack that unfolds to more than there is', async () => {
    // A commit is read whole; this one is a few kilobytes on the way and 40 megabytes after.
    const message = 'x'.repeat(40 * 1024 * 1024);
    const tree = (await bed.client(['rev-parse', 'HEAD^{tree}'], work)).stdout.trim();
    const bomb = await bed.git.text(['commit-tree', tree, '-p', before, '-F', '-'], {
      cwd: work,
      input: message,
      env: {
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      },
    });
    const pushed = await push(`${bomb}:refs/heads/bomb`);
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.stderr).toContain('over limit');
    expect(await bed.repositories.readRef(web, 'refs/heads/bomb')).toBeUndefined();
    expect(await sound()).toBe(true);
  });

  it.each([
    {
      reason: 'a submodule whose address is an option',
      modules: '[submodule "x"]\n\tpath = x\n\turl = -u./evil\n',
    },
    {
      reason: 'a submodule that climbs',
      modules: '[submodule "../../x"]\n\tpath = x\n\turl = https://a.example/x\n',
    },
    {
      reason: 'a submodule whose path is an option',
      modules: '[submodule "x"]\n\tpath = -x\n\turl = https://a.example/x\n',
    },
  ])('refuses $reason', async ({ modules }) => {
    await bed.commitFile(work, '.gitmodules', modules);
    const pushed = await push('HEAD:refs/heads/trick');
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.stderr).toMatch(/gitmodules/);
  });

  it('shows a link as a link, wherever it leads', async () => {
    await symlink('/etc/passwd', join(work, 'link'));
    await symlink('../../../../../../etc', join(work, 'climb'));
    await bed.commitFile(work, 'b.txt', 'b');
    await push('--quiet', 'main');
    expect(await (await bed.read('web/blob?path=link', 'vera')).text()).toBe('/etc/passwd');
    expect(await (await bed.read('web/raw?path=link', 'vera')).text()).toBe('/etc/passwd');
    for (const route of ['blob', 'raw', 'tree', 'blame'])
      expect((await bed.read(`web/${route}?path=climb/passwd`, 'vera')).status).toBe(404);
  });

  it.each([
    'ä/ö.txt',
    'a\u0308.txt',
    '日本語.md',
    '-rf',
    '--help',
    'a b',
    'a\u202Ec.txt',
    ':(glob)x',
    '*.js',
    "it's",
    'a"b',
  ])('keeps the name %j', async name => {
    await bed.client(['config', 'core.precomposeunicode', 'false'], work);
    const blob = (await bed.client(['rev-parse', 'HEAD:a.txt'], work)).stdout.trim();
    const entry = `100644 ${blob}\t${name}\0`;
    await bed.git.run(['update-index', '-z', '--index-info'], { cwd: work, input: entry });
    await bed.client(['commit', '--quiet', '-m', name], work);
    expect((await push('main')).exitCode).toBe(0);
    const path = encodeURIComponent(name);
    const { entries } = await (await bed.read('web/tree', 'vera')).json();
    expect(entries.map((found: { name: string }) => found.name)).toContain(name.split('/')[0]);
    for (const route of ['blob', 'raw'])
      expect(await (await bed.read(`web/${route}?path=${path}`, 'vera')).text()).toBe('a\n');
    expect((await (await bed.read(`web/commits?path=${path}`, 'vera')).json()).items).toHaveLength(1);
    expect((await (await bed.read(`web/blame?path=${path}`, 'vera')).json()).hunks).toHaveLength(1);
  });

  it('takes hundreds of refs in one push', async () => {
    const input = Array.from({ length: 300 }, (_, i) => `create refs/heads/many/${i} ${before}\n`).join('');
    await bed.git.run(['update-ref', '--stdin'], { cwd: work, input });
    expect((await push('--quiet', 'refs/heads/many/*:refs/heads/many/*')).exitCode).toBe(0);
    expect(await bed.repositories.listRefs(web, 'refs/heads/many/')).toHaveLength(300);
  });
});

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Processes of git that work below the server's directory. */
async function serversIn(root: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async pid => {
      const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const command = place.startsWith(root)
        ? await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
        : '';
      return command.startsWith('git') ? Number(pid) : undefined;
    }),
  );
  return found.filter(pid => pid !== undefined);
}
