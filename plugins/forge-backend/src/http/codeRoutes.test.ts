import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Repository, SSHKey } from '@krate/plugin-forge-common';
import { User } from '@krate/plugin-control-plane-common';
import { ForgeBed } from '../__fixtures__/ForgeBed';

jest.setTimeout(60_000);

describe('blame, tags, divergence, downloads and search', () => {
  let bed: ForgeBed;
  let work: string;
  let first: string;
  let head: string;
  const large = randomBytes(6 * 1024 * 1024);

  beforeAll(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [
      { path: 'src/ä b.js', content: 'one\ntwo\nthree\n' },
      { path: 'docs/--help', content: 'Needle in Hay\n' },
    ]);
    bed.add(Repository, 'hidden', { visibility: 'private' });
    await bed.createRepository('hidden', [{ path: 'a', content: 'needle\n' }]);
    bed.add(Repository, 'empty', {});
    await bed.createRepository('empty');
    await bed.client(['clone', '--quiet', bed.url('web', 'ada'), 'work']);
    work = join(bed.directory, 'work');
    first = (await bed.client(['rev-parse', 'HEAD'], work)).stdout.trim();
    await bed.client(['tag', 'v1'], work);
    await bed.client(['tag', '-a', '-m', 'The second', 'v2'], work);
    head = await bed.commitFile(work, 'src/ä b.js', 'one\n2\nthree\n', 'Change the second line');
    await bed.client(['push', '--quiet', 'origin', 'HEAD:topic', 'v1', 'v2'], work);
    await writeFile(join(work, 'large.bin'), large);
    await bed.commitFile(work, 'x', 'y', 'Main goes on');
    await bed.client(['push', '--quiet', 'origin', 'HEAD:large'], work);
  });
  afterAll(() => bed.stop());

  const get = async (path: string, user = 'vera') => (await bed.read(path, user)).json();

  it('says who last touched each line', async () => {
    const { hunks } = await get('web/blame?ref=topic&path=src/ä b.js');
    expect(hunks).toMatchObject([
      { sha: first, line: 1, lines: 1, author: 'Krate', subject: 'Initial commit' },
      { sha: head, line: 2, lines: 1, author: 'Ada', subject: 'Change the second line' },
      { sha: first, line: 3, lines: 1 },
    ]);
  });

  it.each(['path=gone', 'path=src', 'path=../x', 'ref=--help&path=docs'])(
    'blames nothing for %s',
    async query => {
      expect((await bed.read(`web/blame?${query}`, 'vera')).status).toBeGreaterThanOrEqual(400);
    },
  );

  it('lists tags with the commits they name', async () => {
    const { items } = await get('web/tags');
    expect(items).toContainEqual(expect.objectContaining({ name: 'v1', sha: first }));
    expect(items).toContainEqual(
      expect.objectContaining({ name: 'v2', sha: first, tagger: 'Ada', subject: 'The second' }),
    );
  });

  it('counts how far branches are from the default one', async () => {
    const { items } = await get('web/divergence?branch=topic&branch=large&branch=gone&branch=--all');
    expect(items).toEqual([
      { name: 'topic', ahead: 1, behind: 0 },
      { name: 'large', ahead: 2, behind: 0 },
    ]);
  });

  it('compares by commits as well', async () => {
    const { items } = await get('web/compare/commits?base=main&head=topic');
    expect(items.map(({ sha }: { sha: string }) => sha)).toEqual([head]);
  });

  it('sends a whole large file, to be kept and not to be run', async () => {
    const response = await bed.read('web/raw?ref=large&path=large.bin', 'vera');
    expect(Buffer.from(await response.arrayBuffer()).equals(large)).toBe(true);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it.each(['zip', 'tar.gz'])('sends an archive (%s)', async format => {
    const response = await bed.read(`web/archive?ref=topic&format=${format}`, 'vera');
    const file = join(bed.directory, `a.${format}`);
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const list = format === 'zip' ? ['unzip', '-l', file] : ['tar', '-tzf', file];
    const { stdout } = await promisify(execFile)(list[0], list.slice(1));
    expect(stdout).toContain(`web-${head.slice(0, 12)}/docs/--help`);
  });

  it('says by whom a commit is signed', async () => {
    const pair = await bed.keyPair('ada');
    await bed.client(['checkout', '--quiet', '-B', 'signed', first], work);
    const sign = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${pair.file}`];
    await bed.client([...sign, 'commit', '--quiet', '--allow-empty', '-S', '-m', 'Signed'], work);
    const sha = (await bed.client(['rev-parse', 'HEAD'], work)).stdout.trim();
    await bed.client(['push', '--quiet', 'origin', 'signed'], work);
    expect((await get(`web/commit/${sha}`)).signature).toMatchObject({
      problem: expect.stringContaining('no member'),
    });
    bed.add(User, 'ada', { displayName: 'Ada' });
    bed.add(SSHKey, 'ada', { scope: 'user', owner: 'ada', key: pair.publicKey });
    expect((await get(`web/commit/${sha}`)).signature).toEqual({ sha, signer: 'ada' });
    expect((await get(`web/commit/${first}`)).signature).toEqual({ sha: first, problem: 'has no signature' });
  });

  describe('search', () => {
    const found = async (query: string, user = 'vera') =>
      (await get(`-/search?${query}`, user)).items.map(
        (match: { repository: string; path: string; line: number }) =>
          `${match.repository}/${match.path}:${match.line}`,
      );

    it.each([
      ['q=needle', ['web/docs/--help:1', 'hidden/a:1']],
      ['q=needle&case=1', ['hidden/a:1']],
      ['q=n..dle&regex=1&repository=web', ['web/docs/--help:1']],
      ['q=n..dle', []],
      ['q=needle&path=docs', ['web/docs/--help:1']],
      ['q=--help', []],
      ['q=thr&path=src/ä b.js', ['web/src/ä b.js:3']],
    ])('%s', async (query, want) => {
      expect((await found(query)).sort()).toEqual([...want].sort());
    });

    it('looks only where the caller may read', async () => {
      expect(await found('q=needle', 'stranger')).toEqual([]);
      expect((await bed.read('-/search?q=needle')).status).toBe(401);
    });

    it.each([
      'q=x',
      `q=${'x'.repeat(201)}`,
      'q=a%0Ab',
      'q=needle&path=../x',
      'q=(&regex=1',
      'q=((&regex=1&repository=web',
    ])('refuses %s', async query => expect((await bed.read(`-/search?${query}`, 'vera')).status).toBe(400));
  });
});
