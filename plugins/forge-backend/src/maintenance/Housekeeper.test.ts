import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Repository } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';
import { Housekeeper } from './Housekeeper';

jest.setTimeout(60_000);

describe('Housekeeper', () => {
  let bed: ForgeBed;
  const web = { namespace: NAMESPACE, repository: 'web' };

  beforeEach(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [{ path: 'a', content: 'a' }]);
  });
  afterEach(() => bed.stop());

  const run = () =>
    new Housekeeper({
      repositories: bed.repositories,
      dataDirectory: bed.repositories.dataDirectory,
      logger: bed.controlPlane.logger,
    }).run();
  const old = async (...path: string[]) => {
    const directory = join(bed.repositories.dataDirectory, ...path);
    await mkdir(directory, { recursive: true });
    const then = new Date(Date.now() - 30 * 24 * 3_600_000);
    await utimes(directory, then, then);
  };

  it('clears what crashes left, when it is old, and nothing else', async () => {
    await old('git', '.trash', 'gone');
    await old('git', NAMESPACE, '.web.uid.1234.new');
    await old('git', NAMESPACE, 'web.git', 'objects', 'incoming-abc');
    await old('jobs', 'uid-old');
    await mkdir(join(bed.repositories.root, '.trash', 'fresh'));
    await mkdir(join(bed.repositories.dataDirectory, 'jobs', 'uid-fresh'));
    await run();
    expect(await readdir(join(bed.repositories.root, '.trash'))).toEqual(['fresh']);
    expect(await readdir(join(bed.repositories.root, NAMESPACE))).toEqual(['web.git']);
    expect(await readdir(join(bed.repositories.dataDirectory, 'jobs'))).toEqual(['uid-fresh']);
    expect(await readdir(join(bed.repositories.directory(web), 'objects'))).not.toContain('incoming-abc');
  });

  it('packs what is loose and keeps what nothing points to', async () => {
    const gitDir = bed.repositories.directory(web);
    const lost = await bed.git.text(['hash-object', '-w', '--stdin'], {
      gitDir,
      input: 'borrowed by a workspace',
    });
    const stream = Array.from(
      { length: 2100 },
      (_, index) => `blob\ndata ${String(index).length}\n${index}\n`,
    ).join('');
    await bed.git.run(['-c', 'fastimport.unpackLimit=10000', 'fast-import', '--quiet'], {
      gitDir,
      input: stream,
    });
    await run();
    expect(await bed.git.text(['count-objects'], { gitDir })).toMatch(/^0 objects/);
    expect(await bed.git.text(['cat-file', '-t', lost], { gitDir })).toBe('blob');
    expect((await bed.git.run(['fsck', '--full'], { gitDir })).exitCode).toBe(0);
  });

  it('finds nothing to do before anything exists', async () => {
    const empty = new Housekeeper({
      repositories: bed.repositories,
      dataDirectory: join(bed.directory, 'nowhere'),
      logger: bed.controlPlane.logger,
    });
    await expect(empty.run()).resolves.toBeUndefined();
  });
});
