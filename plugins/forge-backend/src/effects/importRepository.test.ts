import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Repository } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';
import { FetchProgress } from '../repositories/fetchProgress';
import { openSource } from '../repositories/importSource';
import { importRepositoryEffect } from './importRepository';

jest.setTimeout(60_000);

const copy = { namespace: NAMESPACE, repository: 'copy' };

describe('importRepositoryEffect, with the real git', () => {
  let bed: ForgeBed;
  let patched: unknown[];
  let config: { paths: string[]; allowPrivateAddresses: boolean };
  let abort: AbortController;

  beforeEach(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'open', { visibility: 'public', defaultBranch: 'trunk' });
    await bed.createRepository('open', [{ path: 'a.txt', content: 'a\n' }]);
    await bed.client(['clone', '--quiet', bed.url('open', 'ada'), 'work']);
    const work = join(bed.directory, 'work');
    await bed.client(['tag', '-a', '-m', 'one', 'v1'], work);
    await bed.commitFile(work, 'b.txt', 'b');
    await bed.client(['push', '--quiet', 'origin', 'HEAD:topic/x', 'v1'], work);
    patched = [];
    bed.controlPlane.client.patch = async (_kind: unknown, key: unknown, patch: unknown) =>
      patched.push([key, patch]);
    config = { paths: [join(bed.directory, 'data')], allowPrivateAddresses: true };
    abort = new AbortController();
  });
  afterEach(() => bed.stop());

  const told: FetchProgress[] = [];
  const context = () => ({
    signal: abort.signal,
    report: async (progress: FetchProgress) => void told.push(progress),
  });
  const effect = () =>
    importRepositoryEffect({ client: bed.controlPlane.client, repositories: bed.repositories, config });
  const key = { id: 'k', owner: { kind: 'Repository', namespace: NAMESPACE, name: 'copy', uid: 'uid-copy' } };
  const input = (source: object, defaultBranch = 'main') => ({
    ...copy,
    uid: 'uid-copy',
    defaultBranch,
    source,
  });
  const perform = (source: object, branch?: string) =>
    effect().perform(key, input(source, branch), context());
  const refsOf = async (repository: string) =>
    (await bed.repositories.listRefs({ ...copy, repository }, 'refs/')).map(
      ({ ref, sha }) => `${ref} ${sha}`,
    );
  const left = () => readdir(join(bed.repositories.root, NAMESPACE));

  it.each(['url', 'path'])('brings branches, tags and history from a %s', async way => {
    const path = bed.repositories.directory({ ...copy, repository: 'open' });
    await perform(way === 'url' ? { url: bed.url('open') } : { path });
    expect(await refsOf('copy')).toEqual(await refsOf('open'));
    expect(await effect().observe(key, input({}))).toEqual({ state: 'done', result: {} });
    const fsck = await bed.git.run(['fsck', '--strict', '--full'], {
      gitDir: bed.repositories.directory(copy),
    });
    expect(fsck.exitCode).toBe(0);
    expect(patched).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
  });

  it('takes the source’s default branch where the wanted one is not there', async () => {
    await perform({ url: bed.url('open') }, 'develop');
    expect(patched).toEqual([[{ namespace: NAMESPACE, name: 'copy' }, { spec: { defaultBranch: 'main' } }]]);
    const gitDir = bed.repositories.directory(copy);
    expect(await bed.git.text(['symbolic-ref', 'HEAD'], { gitDir })).toBe('refs/heads/main');
  });

  it.each([
    {
      reason: 'a private address',
      source: () => ({ url: bed.url('open') }),
      allow: false,
      code: 'address-refused',
    },
    {
      reason: 'a name that is none',
      source: () => ({ url: 'https://no.such.name.invalid/x' }),
      allow: true,
      code: 'unreachable',
    },
    {
      reason: 'a repository that is not there',
      source: () => ({ url: bed.url('gone') }),
      allow: true,
      code: 'not-readable',
    },
    {
      reason: 'a path elsewhere',
      source: () => ({ path: join(bed.directory, 'work') }),
      allow: true,
      code: 'path-refused',
    },
    {
      reason: 'a path that climbs',
      source: () => ({ path: join(bed.directory, 'data/../work') }),
      allow: true,
      code: 'path-refused',
    },
    {
      reason: 'a link that leads elsewhere',
      source: () => ({ path: join(bed.directory, 'data/link') }),
      allow: true,
      code: 'path-refused',
    },
  ])('refuses $reason and leaves nothing', async ({ source, allow, code }) => {
    config.allowPrivateAddresses = allow;
    await symlink(join(bed.directory, 'work'), join(bed.directory, 'data', 'link'));
    await expect(perform(source())).rejects.toMatchObject({ code });
    expect(await left()).toEqual(['open.git']);
  });

  it('refuses objects that are not sound', async () => {
    const bad = join(bed.directory, 'data', 'bad.git');
    await mkdir(bad, { recursive: true });
    await bed.git.run(['init', '--quiet', '--bare', bad]);
    const blob = await bed.git.text(['hash-object', '-w', '--stdin'], { gitDir: bad, input: 'x' });
    const tree = await bed.git.text(['mktree'], { gitDir: bad, input: `100644 blob ${blob}\t.GIT\n` });
    const { stdout } = await bed.client(['--git-dir', bad, 'commit-tree', tree, '-m', 'trick']);
    await bed.git.run(['update-ref', 'refs/heads/main', stdout.trim()], { gitDir: bad });
    await expect(perform({ path: bad })).rejects.toMatchObject({ code: 'objects-refused' });
    expect(await left()).toEqual(['open.git']);
  });

  it('leaves nothing when it is stopped', async () => {
    abort.abort(new Error('the server stops'));
    await expect(perform({ url: bed.url('open') })).rejects.toThrow('the server stops');
    expect(await left()).toEqual(['open.git']);
  });

  it('ties git to the address that was looked at', async () => {
    const { config: git } = await openSource({ url: 'https://git.example:8443/x' }, config, async () =>
      ['192.0.2.7'].map(() => '93.184.216.34'),
    );
    expect(git).toMatchObject({
      'http.curloptResolve': 'git.example:8443:93.184.216.34',
      'http.followRedirects': 'false',
    });
  });
});
