import { join } from 'node:path';
import { Repository } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';

jest.setTimeout(60_000);

describe('a repository that was renamed or deleted', () => {
  let bed: ForgeBed;
  beforeAll(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'web', { renamedTo: 'site', formerNames: ['page'] });
    await bed.createRepository('web', [{ path: 'a.txt', content: 'a\n' }]);
  });
  afterAll(() => bed.stop());

  it.each(['site', 'web', 'page'])('is cloned and pushed by the name %s', async name => {
    const cloned = await bed.client(['clone', bed.url(name, 'ada'), `by-${name}`]);
    expect(cloned.exitCode).toBe(0);
    expect(cloned.stderr.includes('redirecting to')).toBe(name !== 'site');
    const work = join(bed.directory, `by-${name}`);
    const sha = await bed.commitFile(work, name, name);
    expect((await bed.client(['push', 'origin', `HEAD:by-${name}`], work)).exitCode).toBe(0);
    const key = { namespace: NAMESPACE, repository: 'web' };
    expect(await bed.repositories.readRef(key, `refs/heads/by-${name}`)).toBe(sha);
    expect((await bed.read(`${name}/branches`, 'vera')).status).toBe(200);
  });

  it('is gone for everybody while it is deleted, and back when it is restored', async () => {
    const { spec } = bed.objects.get('repositories/web');
    spec.deletion = { at: '2999-01-01T00:00:00Z' };
    expect((await bed.client(['ls-remote', bed.url('web', 'root')])).stderr).toContain('not found');
    expect((await bed.read('web/branches', 'root')).status).toBe(404);
    delete spec.deletion;
    expect((await bed.client(['ls-remote', bed.url('web', 'ada')])).exitCode).toBe(0);
  });
});
