import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PullRequest, Repository } from '@krate/plugin-forge-common';
import { ForgeBed } from '../__fixtures__/ForgeBed';

jest.setTimeout(60_000);

describe('what the screens read', () => {
  let bed: ForgeBed;
  let head: string;
  let base: string;

  beforeAll(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [
      { path: 'README.md', content: '# web\n' },
      { path: 'src/deep/a b.js', content: 'one\ntwo\n', executable: true },
    ]);
    await bed.client(['clone', '--quiet', bed.url('web', 'ada'), 'work']);
    const work = join(bed.directory, 'work');
    base = (await bed.client(['rev-parse', 'HEAD'], work)).stdout.trim();
    await bed.client(['checkout', '--quiet', '-b', 'topic/x'], work);
    await symlink('/etc/passwd', join(work, 'link'));
    await bed.client(['mv', 'README.md', 'READ ME.md'], work);
    await bed.commitFile(work, 'image.bin', 'a\0b', 'Add\n\nMore words.');
    head = await bed.commitFile(work, 'src/deep/a b.js', 'one\n2\nthree\n');
    await bed.client(['push', '--quiet', 'origin', 'topic/x'], work);
    bed.add(PullRequest, 'web-1', {
      repository: 'web',
      number: 1,
      title: 'x',
      sourceRef: 'refs/heads/topic/x',
      targetRef: 'refs/heads/main',
    });
    bed.add(PullRequest, 'api-1', {
      repository: 'api',
      number: 1,
      title: 'x',
      sourceRef: 'refs/heads/topic/x',
      targetRef: 'refs/heads/main',
    });
  });
  afterAll(() => bed.stop());

  const get = async (path: string) => (await bed.read(path, 'vera')).json();

  it('lists branches', async () => {
    expect(await get('web/branches')).toMatchObject({
      defaultBranch: 'main',
      items: expect.arrayContaining([
        expect.objectContaining({ name: 'topic/x', sha: head, author: 'Ada', default: false }),
        expect.objectContaining({ name: 'main', sha: base, default: true, subject: 'Initial commit' }),
      ]),
    });
  });

  it('lists a directory', async () => {
    expect(await get('web/tree?ref=topic/x')).toMatchObject({
      sha: head,
      truncated: false,
      entries: [
        { name: 'src', type: 'directory', path: 'src' },
        { name: 'READ ME.md', type: 'file', size: 6 },
        { name: 'image.bin', type: 'file', size: 3 },
        { name: 'link', type: 'symlink' },
      ],
    });
    expect((await get('web/tree?path=src/deep')).entries).toMatchObject([
      { name: 'a b.js', path: 'src/deep/a b.js', executable: true },
    ]);
  });

  it('gives a file as it is, harmless to a browser', async () => {
    const text = await bed.read('web/blob?path=src/deep/a%20b.js', 'vera');
    expect(await text.text()).toBe('one\ntwo\n');
    expect(Object.fromEntries(text.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-krate-binary': 'false',
    });
    const binary = await bed.read('web/blob?ref=topic/x&path=image.bin', 'vera');
    expect(binary.headers.get('content-type')).toBe('application/octet-stream');
    expect(await get('web/blob?ref=topic/x&path=image.bin&format=json')).toMatchObject({
      binary: true,
      size: 3,
      truncated: false,
    });
    expect(await get('web/blob?path=README.md&format=json')).toMatchObject({
      binary: false,
      text: '# web\n',
    });
  });

  it('gives the target of a symlink, and never what it points to', async () => {
    expect(await (await bed.read('web/blob?ref=topic/x&path=link', 'vera')).text()).toBe('/etc/passwd');
    expect((await bed.read('web/blob?ref=topic/x&path=link/x', 'vera')).status).toBe(404);
  });

  it('lists commits, of a path, in pages', async () => {
    const { items, more } = await get('web/commits?ref=topic/x&limit=2');
    expect(items.map((item: any) => item.subject)).toEqual(['Change src/deep/a b.js', 'Add']);
    expect(items[1]).toMatchObject({
      body: 'More words.',
      author: { name: 'Ada', email: 'ada@acme.example' },
    });
    expect(more).toBe(true);
    expect((await get('web/commits?ref=topic/x&limit=2&skip=2')).items).toHaveLength(1);
    expect((await get('web/commits?ref=topic/x&path=image.bin')).items).toHaveLength(1);
  });

  it('shows what a commit and a pull request change', async () => {
    const commit = await get(`web/commit/${head}`);
    expect(commit).toMatchObject({
      commit: { sha: head },
      files: [{ path: 'src/deep/a b.js', status: 'modified', additions: 2, deletions: 1, binary: false }],
      truncated: false,
    });
    expect(commit.diff).toContain('-two\n+2\n+three\n');
    const root = await get(`web/commit/${base}`);
    expect(root.files).toHaveLength(2);

    const diff = await get('web/pulls/web-1/diff');
    expect(diff).toMatchObject({ headSha: head, baseSha: base, mergeBaseSha: base, truncated: false });
    expect(diff.files).toEqual([
      {
        path: 'READ ME.md',
        oldPath: 'README.md',
        status: 'renamed',
        additions: 0,
        deletions: 0,
        binary: false,
      },
      { path: 'image.bin', status: 'added', additions: 0, deletions: 0, binary: true },
      { path: 'link', status: 'added', additions: 1, deletions: 0, binary: false },
      { path: 'src/deep/a b.js', status: 'modified', additions: 2, deletions: 1, binary: false },
    ]);
    expect((await get('web/pulls/web-1/commits')).items).toHaveLength(2);
    expect((await get(`web/compare?base=main&head=${head}`)).files).toHaveLength(4);
  });

  it('answers what the caller has already with 304', async () => {
    const first = await bed.read('web/tree?ref=topic/x', 'vera');
    const etag = first.headers.get('etag')!;
    expect((await bed.read('web/tree?ref=topic/x', 'vera', { 'if-none-match': etag })).status).toBe(304);
    expect((await bed.read('web/tree?ref=main', 'vera', { 'if-none-match': etag })).status).toBe(200);
  });

  it.each([
    { reason: 'a path out of the tree', path: 'web/tree?path=../..', code: 400 },
    { reason: 'a path into .git', path: 'web/blob?path=.git/config', code: 400 },
    { reason: 'an absolute path', path: 'web/blob?path=/etc/passwd', code: 400 },
    { reason: 'a NUL byte', path: 'web/blob?path=a%00b', code: 400 },
    {
      reason: 'a new line, which git would take for a second question',
      path: 'web/blob?path=x%0Amain:README.md',
      code: 400,
    },
    { reason: 'a list of paths', path: 'web/blob?path=a&path=b', code: 404 },
    { reason: 'an option for a ref', path: 'web/commits?ref=--output=/tmp/x', code: 404 },
    { reason: 'an expression for a ref', path: 'web/tree?ref=main~1', code: 404 },
    { reason: 'another expression', path: 'web/tree?ref=main:src', code: 404 },
    { reason: 'a huge ref', path: `web/tree?ref=${'x'.repeat(5000)}`, code: 404 },
    { reason: 'an unknown commit', path: `web/commit/${'0'.repeat(40)}`, code: 404 },
    { reason: 'a directory asked for as a file', path: 'web/blob?path=src', code: 404 },
    { reason: 'a file asked for as a directory', path: 'web/tree?path=README.md', code: 404 },
    { reason: 'the pull request of another repository', path: 'web/pulls/api-1/diff', code: 404 },
    { reason: 'another repository', path: 'absent/tree', code: 404 },
    { reason: 'a repository that climbs', path: '..%2f..%2fx/tree', code: 404 },
  ])('refuses $reason ($code)', async ({ path, code }) => {
    const response = await bed.read(path, 'vera');
    expect(response.status).toBe(code);
    expect(await response.json()).toMatchObject({ kind: 'Status', code });
  });

  it('tells strangers nothing', async () => {
    expect((await bed.read('web/tree')).status).toBe(401);
    const hidden = await bed.read('web/tree', 'stranger');
    const absent = await bed.read('absent/tree', 'stranger');
    expect([hidden.status, await hidden.text()]).toEqual([absent.status, await absent.text()]);
  });
});
