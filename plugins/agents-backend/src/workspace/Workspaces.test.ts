import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentsBed, NAMESPACE } from '../__fixtures__/AgentsBed';
import { Layout } from '../agent/Layout';
import { NO_ISOLATION } from '../process/Isolation';
import { Workspaces } from './Workspaces';

describe('Workspaces', () => {
  const bed = new AgentsBed(NO_ISOLATION);
  const layout = new Layout(bed.data);
  const workspaces = new Workspaces(bed.repositories, layout);
  const gitDir = bed.repositories.directory({ namespace: NAMESPACE, repository: 'web' });
  const request = { namespace: NAMESPACE, uid: 'u-1', repository: 'web', branch: 'main' };
  let base: string;
  beforeAll(async () => {
    base = await bed.repository('web', { 'a.txt': 'hello\n' });
  });
  afterAll(() => bed.close());

  it('is a clone that shares objects, with a branch of its own and no way back', async () => {
    expect(await workspaces.find('u-1')).toBeUndefined();
    expect(await workspaces.prepare(request)).toMatchObject({ baseSha: base, sizeBytes: expect.any(Number) });
    const directory = layout.workspace('u-1');
    expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('hello\n');
    expect(readFileSync(join(directory, '.git/objects/info/alternates'), 'utf8').trim()).toBe(
      join(gitDir, 'objects'),
    );
    expect(await bed.repositories.git.text(['remote'], { gitDir: join(directory, '.git') })).toBe('');
    await expect(
      bed.repositories.git.run(['fsck', '--full'], { gitDir: join(directory, '.git') }),
    ).resolves.toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('error') });
    expect(await workspaces.find('u-1')).toMatchObject({ baseSha: base });
  });

  it('keeps its base from being cleaned up, until it is removed', async () => {
    expect(await bed.repositories.readRef(request, 'refs/krate/workspaces/u-1')).toBe(base);
    await workspaces.remove(request);
    expect(await bed.repositories.readRef(request, 'refs/krate/workspaces/u-1')).toBeUndefined();
    expect(existsSync(layout.workspace('u-1'))).toBe(false);
    await expect(workspaces.remove(request)).resolves.toBeUndefined();
  });

  it('starts over after a crash in the middle', async () => {
    await workspaces.prepare(request);
    expect(await workspaces.prepare(request)).toMatchObject({ baseSha: base });
  });

  it('starts from a commit of the branch only, not of another', async () => {
    const tree = await bed.repositories.git.text(['rev-parse', `${base}^{tree}`], { gitDir });
    const env = {
      GIT_AUTHOR_NAME: 'Eve',
      GIT_AUTHOR_EMAIL: 'e@e.example',
      GIT_COMMITTER_NAME: 'Eve',
      GIT_COMMITTER_EMAIL: 'e@e.example',
    };
    const elsewhere = await bed.repositories.git.text(['commit-tree', tree, '-m', 'elsewhere'], {
      gitDir,
      env,
    });
    await bed.repositories.git.run(['update-ref', 'refs/heads/elsewhere', elsewhere], { gitDir });
    await expect(workspaces.prepare({ ...request, uid: 'u-3', baseSha: elsewhere })).rejects.toMatchObject({
      code: 'commit-missing',
    });
    expect(await workspaces.prepare({ ...request, uid: 'u-3', baseSha: base })).toMatchObject({
      baseSha: base,
    });
  });

  it.each([
    { reason: 'no such branch', more: { branch: 'gone' }, code: 'branch-missing' },
    { reason: 'no such commit', more: { baseSha: 'f'.repeat(40) }, code: 'commit-missing' },
    { reason: 'no such repository', more: { repository: 'api' }, code: 'repository-missing' },
    { reason: 'a name that is none', more: { branch: '../x' }, code: 'branch-invalid' },
  ])('says why not: $reason', async ({ more, code }) => {
    await expect(workspaces.prepare({ ...request, ...more, uid: 'u-2' })).rejects.toMatchObject({ code });
    expect(await workspaces.find('u-2')).toBeUndefined();
  });
});
