import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  collect,
  describeAsRoot,
  describeIsolated,
  exitOf,
  fixture,
  linesOf,
  processesOf,
  processesWith,
  TestBed,
  uniqueSeconds,
  WITHOUT_BUBBLEWRAP,
} from './__fixtures__/testBed';
import { isRoot } from './privileges';
import { diagnose, probeIsolation } from './probeIsolation';
import { Sandbox } from './Sandbox';
import { UidPool } from './UidPool';

jest.setTimeout(60_000);

describeIsolated('an agent in bubblewrap', isolation => {
  const bed = new TestBed(isolation);
  afterAll(() => bed.close());

  it('is what a probe of this machine finds', async () => {
    expect(await probeIsolation()).toEqual(isolation);
  });

  it('sees its workspace, an empty home, granted files and a minimal environment', async () => {
    const { agent } = await bed.run({
      command: fixture('hostile.ts', 'see'),
      env: { AGENT_SWITCH: 'on' },
      files: [{ name: 'token', content: 'hush' }],
    });
    const [report] = linesOf(await collect(agent), 'out').map(
      line =>
        JSON.parse(line) as { env: Record<string, string>; cwd: string; root: string[]; launcher: string },
    );
    expect(report!.env).toEqual({
      PATH: expect.any(String),
      LANG: 'C.UTF-8',
      HOME: '/home/agent',
      TERM: 'dumb',
      PWD: '/workspace',
      KRATE_SECRETS_DIR: '/run/secrets',
      AGENT_SWITCH: 'on',
    });
    expect(report!.cwd).toBe('/workspace');
    expect(report!.root).not.toContain('root');
    expect(report!.launcher).not.toContain('hush');
    expect(report!.launcher).not.toContain('JEST');
  });

  it('reads a granted file, which is on no disk and in no command line', async () => {
    const { agent } = await bed.run({
      command: fixture('hostile.ts', 'read-secret', 'token'),
      files: [{ name: 'token', content: 'h-u-s-h' }],
    });
    expect(processesWith('h-u-s-h')).toEqual([]);
    expect(linesOf(await collect(agent), 'out')).toEqual(['"h-u-s-h"']);
    expect(existsSync(path.join(agent.runDirectory, 'secrets'))).toBe(false);
    expect(readFileSync(path.join(agent.runDirectory, 'run.json'), 'utf8')).not.toContain('h-u-s-h');
  });

  it('writes its workspace and nothing that is read-only', async () => {
    const { agent, workspace } = await bed.run({
      command: ['sh', '-c', 'echo done > result.txt; touch /usr/x; touch /x; echo $?'],
    });
    expect(linesOf(await collect(agent), 'out')).toEqual(['1']);
    expect(readFileSync(path.join(workspace, 'result.txt'), 'utf8')).toBe('done\n');
    const reader = await bed.run({
      command: ['touch', 'more.txt'],
      workspace: { path: workspace, access: 'read-only' },
    });
    expect(exitOf(await collect(reader.agent))).toMatchObject({ code: 1 });
  });

  it('fails the launch with the reason where the program does not exist', async () => {
    const { agent } = await bed.run({ command: ['no-such-agent'] });
    expect(exitOf(await collect(agent))).toMatchObject({
      reason: 'launch-failed',
      message: expect.stringContaining('no-such-agent'),
    });
  });

  it('dies with its shim, all of it', async () => {
    const seconds = uniqueSeconds();
    const { agent, uid } = await bed.run({ command: fixture('hostile.ts', 'daemon-and-hang', seconds) });
    for await (const record of agent) if (record.d === 'out') break;
    expect(processesWith(seconds)).not.toEqual([]);
    const state = await agent.state();
    if (state.phase !== 'running') throw new Error(`unexpected ${state.phase}`);
    process.kill(state.run.shim.pid, 'SIGKILL');
    // a process that is ending has no command line any more, but still its user id
    const left = async () => [...processesWith(seconds), ...(await processesOf(uid))];
    for (let tries = 0; tries < 100 && (await left()).length > 0; tries++) await sleep(20);
    expect(await left()).toEqual([]);
    expect((await agent.state()).phase).toBe('lost');
    await agent.destroy();
  });

  it('commits in a shared clone and cannot touch the central repository', async () => {
    const central = path.join(bed.data, 'central.git');
    const { plan, agent, workspace, uid } = await gitRun(
      bed,
      central,
      'git config user.name a && git config user.email a@b && echo more >> file.txt && git commit -qam more && git log --oneline | wc -l && git push -q origin HEAD:main; touch $(cat .git/objects/info/alternates)/x; echo over',
    );
    const records = await collect(agent);
    expect(linesOf(records, 'out')).toEqual(['2', 'over']);
    expect(linesOf(records, 'err').join('\n')).toContain('Read-only file system');
    expect(plan.workspacePath).toBe('/workspace');
    expect(uid === undefined || statSync(workspace).uid === uid).toBe(true);
  });
});

async function gitRun(bed: TestBed, central: string, script: string) {
  const git = (...args: string[]) =>
    new Promise<void>((resolve, reject) => {
      spawn('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...args], {
        stdio: 'ignore',
      }).on('exit', code => (code === 0 ? resolve() : reject(new Error(`git ${args.join(' ')}: ${code}`))));
    });
  const seed = path.join(bed.data, 'seed');
  await git('init', '-q', seed);
  writeFileSync(path.join(seed, 'file.txt'), 'hello\n');
  await git('-C', seed, 'add', '.');
  await git('-C', seed, 'commit', '-qm', 'first');
  await git('clone', '-q', '--bare', seed, central);
  const workspace = path.join(bed.data, 'clone');
  await git('clone', '-q', '--shared', '--single-branch', '--no-tags', central, workspace);
  return {
    ...(await bed.run({
      command: ['sh', '-c', script],
      workspace: { path: workspace },
      gitObjects: [path.join(central, 'objects')],
    })),
    workspace,
  };
}

describe('isolation that is not there', () => {
  it.each([
    { said: 'spawn prlimit ENOENT', reason: 'not installed', remedy: 'apt-get install bubblewrap' },
    {
      said: 'prlimit: failed to execute bwrap: No such file or directory',
      reason: 'not installed',
      remedy: 'apt-get install bubblewrap',
    },
    { said: 'bwrap: Unknown option --disable-userns', reason: 'too old', remedy: '0.8' },
    {
      said: 'bwrap: No permissions to create new namespace',
      reason: 'namespaces',
      remedy: 'unprivileged_userns',
    },
    { said: 'bwrap: setting up uid map: Permission denied', reason: 'namespaces', remedy: 'apparmor' },
  ])('explains "$said"', ({ said, reason, remedy }) => {
    const isolation = diagnose(said);
    expect(isolation.mechanism).toBe(isRoot() ? 'uid' : 'none');
    expect(isolation.reason).toContain(reason);
    expect(isolation.remedy).toContain(remedy);
    expect(isolation.notEnforced).toContain('network and loopback services');
  });

  it('refuses untrusted work', () => {
    const spec = {
      isolation: WITHOUT_BUBBLEWRAP,
      trusted: false,
      command: ['true'],
      workspace: { path: '/tmp' },
      stateDirectory: '/tmp',
      uid: isRoot() ? 260_000 : undefined,
    };
    expect(() => new Sandbox(spec)).toThrow(expect.objectContaining({ code: 'ISOLATION_REQUIRED' }));
  });
});

describe('user ids of runs', () => {
  const bed = new TestBed(WITHOUT_BUBBLEWRAP);
  afterAll(() => bed.close());

  it('are kept for a run across restarts, given back, and run out with a code', async () => {
    const directory = path.join(bed.data, 'pool');
    const pool = () => new UidPool(directory, { first: 300_000, size: 2 });
    const first = await pool().acquire('a');
    expect(await pool().acquire('a')).toBe(first);
    const second = await pool().acquire('b');
    expect([first, second].sort()).toEqual([300_000, 300_001]);
    await expect(pool().acquire('c')).rejects.toMatchObject({ code: 'UIDS_EXHAUSTED' });
    await pool().release('a');
    expect(await pool().acquire('c')).toBe(first);
  });

  it('are never the same for two runs that ask at once', async () => {
    const pools = [0, 1].map(() => new UidPool(path.join(bed.data, 'race'), { first: 300_000, size: 20 }));
    const uids = await Promise.all(
      Array.from({ length: 10 }, (_, index) => pools[index % 2]!.acquire(`run-${index}`)),
    );
    expect(new Set(uids).size).toBe(10);
    const [one, other] = await Promise.all([pools[0]!.acquire('same'), pools[0]!.acquire('same')]);
    expect(one).toBe(other);
  });

  it('begin elsewhere in another installation, whose processes must not be ended with ours', async () => {
    const of = (name: string) => new UidPool(path.join(bed.data, name)).acquire('run');
    expect(await of('one')).not.toBe(await of('another'));
  });
});

describeAsRoot('a sandbox made by root', () => {
  it('names the directory a run cannot reach, and the way out', async () => {
    const bed = new TestBed(WITHOUT_BUBBLEWRAP);
    await expect(bed.plan({ command: ['true'], dataDirectory: undefined })).rejects.toMatchObject({
      code: 'PATH_NOT_REACHABLE',
      details: { remedy: expect.stringContaining('chmod o+x') },
    });
    await bed.close();
  });
});
