import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Repository } from '@krate/plugin-forge-common';
import { EffectAborted } from '@krate/controller-runtime';
import { FakeStreams } from '../__fixtures__/FakeStreams';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';
import { JobIsolation, probeJobIsolation } from './JobIsolation';
import { JobProgress, RunJob, RunJobInput } from './RunJob';

jest.setTimeout(60_000);

describe('RunJob, with real git and a real sandbox', () => {
  let bed: ForgeBed;
  let streams: FakeStreams;
  let sha: string;
  let isolation: JobIsolation;

  beforeAll(async () => {
    isolation = await probeJobIsolation();
  });
  beforeEach(async () => {
    bed = await ForgeBed.start();
    streams = new FakeStreams();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [
      { path: 'hello.txt', content: 'hello\n' },
      { path: 'run.sh', content: '#!/bin/sh\necho from a script\n', executable: true },
    ]);
    sha = (await bed.repositories.readRef({ namespace: NAMESPACE, repository: 'web' }, 'refs/heads/main'))!;
  });
  afterEach(() => bed.stop());

  const job = (given: Promise<JobIsolation> | JobIsolation = isolation) =>
    new RunJob({
      streams,
      logger: bed.controlPlane.logger,
      repositories: bed.repositories,
      dataDirectory: bed.repositories.dataDirectory,
      isolation: Promise.resolve(given),
    });
  const input = (scripts: string[], fields: Partial<RunJobInput> = {}): RunJobInput => ({
    namespace: NAMESPACE,
    name: 'web-ci-test',
    uid: 'uid-job',
    repository: 'web',
    pipeline: 'web-ci',
    workflow: 'ci',
    job: 'test',
    sha,
    ref: 'refs/heads/main',
    steps: scripts.map((run, index) => ({ name: `step ${index + 1}`, run })),
    trusted: false,
    timeoutSeconds: 30,
    ...fields,
  });
  const key = { id: 'k', owner: { kind: 'Job', name: 'web-ci-test', uid: 'uid-job' } };
  const perform = (
    scripts: string[],
    fields = {},
    signal = new AbortController().signal,
    reports: JobProgress[] = [],
  ) =>
    job().perform(key, input(scripts, fields), {
      signal,
      report: async progress => void reports.push(progress),
    });
  const log = () => streams.text('web-ci-test');

  it('finds this machine fit to isolate', () => {
    expect(isolation).toMatchObject({ enforced: true });
  });

  it('runs steps one after the other in the commit, and keeps their output with its offsets', async () => {
    const reports: JobProgress[] = [];
    const result = await perform(
      [
        'cat hello.txt; echo err >&2; ./run.sh; git log --format=%s; echo kept > $HOME/x',
        'cat $HOME/x; echo $KRATE_SHA $CI',
      ],
      {},
      undefined,
      reports,
    );
    expect(result).toMatchObject({
      outcome: 'Succeeded',
      exitCode: 0,
      steps: [{ phase: 'Succeeded' }, { phase: 'Succeeded' }],
    });
    expect(log()).toBe(
      `[krate] web at ${sha}\n\n##[step 1/2] step 1\nhello\nerr\nfrom a script\nInitial commit\n\n##[step 2/2] step 2\nkept\n${sha} true\n`,
    );
    expect(log().slice(result.steps[1].offset).trimStart()).toMatch(/^##\[step 2\/2\] step 2/);
    expect(result.log).toMatchObject({ length: log().length, digest: expect.stringMatching(/^sha256:/) });
    expect(reports.map(({ steps }) => steps.map(({ phase }) => phase))).toEqual([
      ['Running', 'Pending'],
      ['Succeeded', 'Running'],
    ]);
  });

  it('stops at the first step that fails, and at the first command', async () => {
    const result = await perform(['true', 'echo one; false; echo two', 'echo three']);
    expect(result).toMatchObject({ outcome: 'StepFailed', failedStep: 'step 2', exitCode: 1 });
    expect(result.steps.map(({ phase }) => phase)).toEqual(['Succeeded', 'Failed', 'Skipped']);
    expect(log()).not.toMatch(/two|three/);
  });

  it('ends what takes too long, with all it started', async () => {
    const result = await perform(['(setsid sleep 97 &); sleep 98'], { timeoutSeconds: 1 });
    expect(result).toMatchObject({ outcome: 'TimedOut', failedStep: 'step 1' });
    expect(await running('sleep\u00009[78]')).toBe(0);
  });

  it('ends what a step left behind', async () => {
    await perform(['setsid sleep 96 >/dev/null 2>&1 & echo started']);
    expect(await running('sleep\u000096')).toBe(0);
  });

  it('is cancelled', async () => {
    const abort = new AbortController();
    const going = perform(['echo going; sleep 95'], {}, abort.signal);
    going.catch(() => {});
    await until(async () => log().includes('going'));
    abort.abort(new EffectAborted('cancel'));
    await expect(going).rejects.toThrow(EffectAborted);
    expect(log()).toContain('[krate] cancelled');
    expect(await running('sleep\u000095')).toBe(0);
  });

  it.each([
    { reason: 'the data directory', script: () => `ls ${bed.repositories.root}`, says: /No such file/ },
    { reason: 'the passwords of the host', script: () => 'cat /etc/shadow', says: /No such file/ },
    {
      reason: 'the backend’s environment',
      script: () => 'cat /proc/*/environ | tr "\\0" "\\n" | grep -c JEST_WORKER_ID; exit 1',
      says: /\n0\n/,
    },
    { reason: 'other processes', script: () => `kill -9 ${process.pid}`, says: /No such process/ },
    {
      reason: 'the network',
      script: () => 'git ls-remote http://127.0.0.1:1/x',
      says: /Failed to connect|Couldn't connect|refused/,
    },
    {
      reason: 'the repository’s server side',
      script: () => 'cat .git/config; git remote -v; test -z "$(git remote)" && exit 1',
      says: /bare = false/,
    },
    { reason: 'the tools', script: () => 'touch /usr/bin/x', says: /Read-only/ },
  ])('does not reach $reason', async ({ script, says }) => {
    const result = await perform([script()]);
    expect(result.outcome).toBe('StepFailed');
    expect(log()).toMatch(says);
    expect(log()).not.toContain(`${bed.repositories.root}/`);
  });

  it('refuses untrusted work where nothing isolates it', async () => {
    const nothing = job({ enforced: false, reason: 'bubblewrap is not installed' });
    const context = { signal: new AbortController().signal, report: async () => {} };
    await expect(nothing.perform(key, input(['true']), context)).rejects.toMatchObject({
      code: 'LaunchFailed',
      message: expect.stringContaining('bubblewrap is not installed'),
    });
    await expect(nothing.perform(key, input(['id -u'], { trusted: true }), context)).resolves.toMatchObject({
      outcome: 'Succeeded',
    });
    expect(log()).not.toMatch(/\n0\n/);
  });

  it('says that the commit is not there', async () => {
    await expect(perform(['true'], { sha: 'd'.repeat(40) })).rejects.toMatchObject({
      code: 'LaunchFailed',
      retryable: false,
    });
  });

  it('is done once there is a result, also after a restart', async () => {
    await perform(['echo once']);
    expect(await job().observe(key, input([]))).toMatchObject({
      state: 'done',
      result: { outcome: 'Succeeded', log: { length: log().length } },
    });
  });

  it('starts once more after its host was lost, then gives up', async () => {
    const lose = async () => {
      const abort = new AbortController();
      const going = perform(['echo going; sleep 94'], {}, abort.signal);
      going.catch(() => {});
      const before = log().length;
      await until(async () => log().slice(before).includes('going'));
      abort.abort(new EffectAborted('shutdown'));
      await expect(going).rejects.toThrow(EffectAborted);
      expect(await job().observe(key, input([]))).toEqual({ state: 'absent' });
    };
    await lose();
    await lose();
    expect(log()).toContain('[krate] the runner was lost; started again from the beginning');
    await expect(perform(['true'])).rejects.toMatchObject({ code: 'RunnerLost', retryable: false });
  });

  it('leaves nothing of the workspace, however it was made unreadable', async () => {
    await perform(['mkdir -p a/b && touch a/b/c && chmod 000 a/b a']);
    expect(await readdir(join(bed.repositories.dataDirectory, 'jobs', 'uid-job'))).toEqual([
      'result.json',
      'starts',
    ]);
  });

  it('runs below a directory that is the backend’s alone, and ends there as elsewhere', async () => {
    await chmod(bed.directory, 0o700);
    expect(
      await perform(['cat hello.txt; echo kept > $HOME/x', 'cat $HOME/x; touch made; exit 3']),
    ).toMatchObject({ outcome: 'StepFailed', exitCode: 3 });
    expect(log()).toMatch(/hello\n[^]*kept\n/);
    expect(log()).not.toContain(`${bed.repositories.root}/`);
    expect(
      await perform(['(setsid sleep 93 &); sleep 92'], { timeoutSeconds: 1, uid: 'uid-late', name: 'late' }),
    ).toMatchObject({ outcome: 'TimedOut' });
    expect(await running('sleep\u00009[23]')).toBe(0);
    expect((await stat(bed.directory)).mode & 0o777).toBe(0o700);
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain('krate-reach');
  });

  it('does not run what a job left in its repository', async () => {
    const marker = join(bed.directory, 'marker');
    await mkdir(marker);
    await writeFile(join(marker, 'here'), '');
    await perform([
      `git config core.fsmonitor 'touch ${marker}/escaped'; printf '#!/bin/sh\\ntouch ${marker}/hook\\n' > .git/hooks/post-checkout || true`,
    ]);
    await perform(['git status'], { uid: 'uid-next', name: 'next' });
    expect(await readdir(marker)).toEqual(['here']);
  });
});

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('It did not come about');
}

/** Processes whose command line matches. */
async function running(pattern: string): Promise<number> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter(line => new RegExp(`^${pattern}`).test(line)).length;
}
