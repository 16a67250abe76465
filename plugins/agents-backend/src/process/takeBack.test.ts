import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collect, describeIsolated, exitOf, TestBed } from './__fixtures__/testBed';
import { takeBack } from './takeBack';

jest.setTimeout(60_000);

const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();

describeIsolated('taking work back from a workspace', isolation => {
  const bed = new TestBed(isolation);
  afterAll(() => bed.close());
  const central = path.join(bed.data, 'central.git');
  let count = 0;

  beforeAll(() => {
    const seed = path.join(bed.data, 'seed');
    git('init', '-q', seed);
    writeFileSync(path.join(seed, 'file.txt'), 'hello\n');
    git('-C', seed, 'add', '.');
    git('-C', seed, 'commit', '-qm', 'first');
    git('clone', '-q', '--bare', seed, central);
  });

  /** A run that does something in its clone, and then the taking back. */
  async function after(script: string) {
    const runId = `back-${++count}`;
    const workspace = path.join(bed.data, 'workspaces', runId);
    mkdirSync(path.dirname(workspace), { recursive: true });
    git('clone', '-q', '--shared', '--single-branch', '--no-tags', central, workspace);
    const gitObjects = path.join(central, 'objects');
    const env = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b',
    };
    const run = await bed.run({
      runId,
      command: ['sh', '-ec', script],
      workspace: { path: workspace },
      gitObjects: [gitObjects],
      env,
    });
    expect(exitOf(await collect(run.agent))).toMatchObject({ code: 0 });
    const quarantine = path.join(bed.data, `quarantine-${count}.git`);
    const options = {
      isolation,
      uid: run.uid,
      workspace,
      gitObjects,
      quarantine,
      refspecs: ['HEAD:refs/krate/result'],
      stateDirectory: run.agent.runDirectory,
      dataDirectory: bed.data,
    };
    return { quarantine, work: () => takeBack(options) };
  }

  it('brings the new commits, and only those, into a repository of their own', async () => {
    const { quarantine, work } = await after('echo more >> file.txt; git commit -qam "second"');
    await work();
    expect(git('-C', quarantine, 'log', '--format=%s', 'refs/krate/result')).toBe('second\nfirst');
    expect(git('-C', quarantine, 'count-objects', '-v')).toMatch(/(count|in-pack): 3\n/);
    expect(git('-C', central, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('runs nothing that the workspace configured', async () => {
    const marker = path.join(bed.data, 'ran');
    const { quarantine, work } = await after(
      `printf '#!/bin/sh\\ntouch ${marker} /workspace/ran\\n' > evil; chmod +x evil; git config core.fsmonitor /workspace/evil; git config uploadpack.packObjectsHook /workspace/evil; git config core.hooksPath /workspace; git -c core.fsmonitor= commit -q --allow-empty -m x`,
    );
    await work();
    expect(existsSync(marker)).toBe(false);
    expect(git('-C', quarantine, 'log', '-1', '--format=%s', 'refs/krate/result')).toBe('x');
  });

  it('refuses a tree that holds .git', async () => {
    const { quarantine, work } = await after(
      `tree=$(printf '100644 blob %s\\t.GIT\\n' $(echo x | git hash-object -w --stdin) | git mktree); git update-ref refs/heads/main $(git commit-tree -m evil $tree)`,
    );
    await expect(work()).rejects.toMatchObject({
      code: 'TAKE_BACK_FAILED',
      message: expect.stringContaining('hasDotgit'),
    });
    expect(git('-C', quarantine, 'for-each-ref')).toBe('');
  });

  it('does not bring what a doctored alternates file points to', async () => {
    const other = path.join(bed.data, 'other.git');
    git('clone', '-q', '--bare', path.join(bed.data, 'seed'), other);
    const blob = execFileSync('git', ['-C', other, 'hash-object', '-w', '--stdin'], {
      input: 'a secret of another repository',
      encoding: 'utf8',
    }).trim();
    const { work } = await after(
      `echo ${other}/objects >> .git/objects/info/alternates; tree=$(printf '100644 blob ${blob}\\tstolen\\n' | git mktree --missing); git update-ref refs/heads/main $(git commit-tree -m theft $tree)`,
    );
    await expect(work()).rejects.toMatchObject({
      code: 'TAKE_BACK_FAILED',
      message: expect.stringContaining(blob),
    });
  });

  it('leaves nothing of itself behind', async () => {
    const { work } = await after('true');
    await work();
    expect(
      readdirSync(path.join(bed.data, 'runs', `back-${count}`)).filter(name => name.includes('take-back')),
    ).toEqual([]);
  });
});
