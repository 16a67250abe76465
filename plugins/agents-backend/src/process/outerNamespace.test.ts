import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
} from './__fixtures__/testBed';
import { AcpSession } from './acp/AcpSession';
import { EgressProxy } from './EgressProxy';
import { isRoot } from './privileges';
import { installProgram } from './programs';
import { takeBack } from './takeBack';

jest.setTimeout(60_000);

const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();

/** As in a clone in /root: the data directory, Node itself and the agent's program lie below a directory that is root's alone. */
function privatePlace() {
  const above = mkdtempSync('/tmp/krate-private-');
  const node = path.join(above, 'node/bin/node');
  mkdirSync(path.dirname(node), { recursive: true });
  copyFileSync(process.execPath, node);
  return { above, node };
}

describeAsRoot('root below a private directory', () => {
  describeIsolated('an agent in bubblewrap', isolation => {
    const installed = process.execPath;
    let above: string;
    let node: string;
    let bed: TestBed;
    beforeAll(() => {
      ({ above, node } = privatePlace());
      bed = new TestBed(isolation, above);
      process.execPath = node;
    });
    afterAll(async () => {
      process.execPath = installed;
      await bed.close();
      rmSync(above, { recursive: true, force: true });
    });
    const hostile = (mode: string, ...args: string[]) => ({
      command: fixture('hostile.ts', mode, ...args),
      readOnlyPaths: [path.dirname(node), path.join(__dirname, '__fixtures__')],
    });

    it('has a whole conversation, with a model, an edit and a granted file', async () => {
      const { uid, workspace } = await bed.plan({ command: ['true'], runId: 'acp' });
      const directory = path.join(bed.data, 'egress');
      const proxy = await EgressProxy.listen({
        directory,
        uid,
        allow: [],
        modelRoute: (request, response) => {
          response.setHeader('content-type', 'application/json');
          request
            .resume()
            .on('end', () =>
              response.end(
                JSON.stringify({ choices: [{ message: { content: `model at ${request.url}` } }] }),
              ),
            );
        },
        onDecision: () => {},
      });
      const programs = path.join(bed.data, 'programs');
      mkdirSync(programs, { mode: 0o755 });
      const program = await installProgram('scripted-agent.ts', programs, 0o644);
      const steps = [
        { model: { prompt: 'Hello?' } },
        { edit: { path: 'greeting.txt', find: 'world', replace: 'Krate' }, ask: 'Change it' },
        { run: ['sh', '-c', 'cat "$KRATE_SECRETS_DIR/token"'] },
      ];
      writeFileSync(path.join(workspace, 'script.json'), JSON.stringify({ steps }));
      writeFileSync(path.join(workspace, 'greeting.txt'), 'Hello world\n');
      const run = await bed.run({
        runId: 'acp',
        command: [node, '--no-warnings', program, 'script.json'],
        readOnlyPaths: [path.dirname(node), programs],
        egressDirectory: directory,
        env: { OPENAI_BASE_URL: '${KRATE_EGRESS_URL}/v1' },
        files: [{ name: 'token', content: 'granted' }],
      });
      const session = await AcpSession.start(run.agent, { cwd: run.plan.workspacePath, prompt: 'Go' });
      for await (const event of session) {
        if (event.type === 'permission') await session.answer(event.permission.key, 'allow_once');
        if (event.type === 'turn-ended') break;
        if (event.type === 'exit') throw new Error(JSON.stringify(event));
      }
      await session.close();
      await proxy.close();
      expect(readFileSync(path.join(workspace, 'greeting.txt'), 'utf8')).toBe('Hello Krate\n');
      expect(JSON.stringify(session.state.transcript)).toMatch(/model at \/v1.*granted/);
    });

    it('leaves the modes of directories above alone and mounts nothing on the host', async () => {
      const { agent } = await bed.run({ ...hostile('hang'), deadlineAt: Date.now() + 2500 });
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('krate-reach');
      expect(statSync(above).mode & 0o777).toBe(0o700);
      expect(exitOf(await collect(agent))).toMatchObject({ reason: 'deadline', signal: 'SIGTERM' });
    });

    it.each([
      { reason: 'ignores SIGTERM', mode: 'ignore-sigterm', want: { reason: 'deadline', signal: 'SIGKILL' } },
      { reason: 'tidies up at SIGTERM', mode: 'polite-sigterm', want: { reason: 'deadline', code: 0 } },
      { reason: 'leaves daemons behind', mode: 'setsid-daemon', want: { reason: 'exited', code: 0 } },
      { reason: 'hangs with its daemons', mode: 'daemon-and-hang', want: { reason: 'deadline' } },
      { reason: 'forks without end', mode: 'fork-bomb', want: { reason: 'deadline' } },
      {
        reason: 'floods its output',
        mode: 'flood-stdout',
        want: { reason: 'output-limit', signal: 'SIGKILL' },
      },
      { reason: 'crashes', mode: 'crash', want: { reason: 'exited', signal: 'SIGSEGV' } },
    ])('ends with no process left when it $reason', async ({ mode, want }) => {
      const seconds = uniqueSeconds();
      const { agent, uid } = await bed.run({
        ...hostile(mode, seconds),
        deadlineAt: Date.now() + 2500,
        maxJournalBytes: 2 * 1024 ** 2,
        limits: { processes: 64 },
      });
      expect(exitOf(await collect(agent))).toMatchObject(want);
      expect(processesWith(seconds)).toEqual([]);
      expect(await processesOf(uid)).toEqual([]);
      await agent.destroy();
    });

    it('dies with its shim, all of it', async () => {
      const seconds = uniqueSeconds();
      const { agent, uid } = await bed.run(hostile('daemon-and-hang', seconds));
      for await (const record of agent) if (record.d === 'out') break;
      const state = await agent.state();
      if (state.phase !== 'running') throw new Error(`unexpected ${state.phase}`);
      process.kill(state.run.shim.pid, 'SIGKILL');
      // a process that is ending has no command line any more, but still its user id
      const left = async () => [...processesWith(seconds), ...(await processesOf(uid))];
      for (let tries = 0; tries < 100 && (await left()).length > 0; tries++) await sleep(20);
      expect(await left()).toEqual([]);
      await agent.destroy();
    });

    it('reads nothing, writes nothing and signals nobody outside', async () => {
      const secretFile = path.join(bed.data, 'secret.txt');
      writeFileSync(secretFile, 'hush', { mode: 0o644 });
      const targets = {
        secretFile,
        otherWorkspace: path.join(bed.data, 'workspaces'),
        backendPid: process.pid,
        environSecret: `PATH=${process.env.PATH}`,
        port: 1,
        abstractSocket: 'nobody',
        outsideFile: path.join(bed.data, 'written.txt'),
      };
      const { agent } = await bed.run(hostile('snoop', JSON.stringify(targets)));
      const snooped = JSON.parse(linesOf(await collect(agent), 'out')[0]!) as Record<string, unknown>;
      const { uid, ...rest } = snooped;
      expect(Object.entries(rest).filter(([, value]) => value !== false)).toEqual([]);
      expect(uid).not.toBe(0);
      expect(existsSync(targets.outsideFile)).toBe(false);
    });

    it('sees neither the other names nor what lies beside what it may see', async () => {
      const { agent } = await bed.run({
        command: ['ls', '-A', above, '/run/krate-reach'],
        readOnlyPaths: [path.dirname(node)],
      });
      const records = await collect(agent);
      expect(linesOf(records, 'out')).toEqual([`${above}:`, 'node']);
      expect(linesOf(records, 'err').join()).toMatch(/krate-reach.*No such file/);
    });

    it('has its commits taken back from a shared clone', async () => {
      const [seed, central, workspace] = ['seed', 'central.git', 'clone'].map(name =>
        path.join(bed.data, name),
      );
      git('init', '-q', seed!);
      git('-C', seed!, 'commit', '-q', '--allow-empty', '-m', 'first');
      git('clone', '-q', '--bare', seed!, central!);
      git('clone', '-q', '--shared', '--single-branch', '--no-tags', central!, workspace!);
      const gitObjects = path.join(central!, 'objects');
      const run = await bed.run({
        command: [
          'git',
          '-c',
          'user.name=a',
          '-c',
          'user.email=a@b',
          'commit',
          '-q',
          '--allow-empty',
          '-m',
          'second',
        ],
        workspace: { path: workspace! },
        gitObjects: [gitObjects],
        readOnlyPaths: [],
      });
      expect(exitOf(await collect(run.agent))).toMatchObject({ code: 0 });
      const quarantine = path.join(bed.data, 'quarantine.git');
      await takeBack({
        isolation,
        uid: run.uid,
        workspace: workspace!,
        gitObjects,
        quarantine,
        refspecs: ['HEAD:refs/krate/result'],
        stateDirectory: run.agent.runDirectory,
        dataDirectory: bed.data,
      });
      expect(git('-C', quarantine, 'log', '--format=%s', 'refs/krate/result')).toBe('second\nfirst');
    });

    it('names what is not there at all', async () => {
      const missing = path.join(bed.data, 'no-such-tool');
      await expect(bed.plan({ command: ['true'], readOnlyPaths: [missing] })).rejects.toMatchObject({
        code: 'PATH_NOT_REACHABLE',
        message: expect.stringContaining(missing),
      });
    });
  });
});

describeIsolated('where everything can be reached', isolation => {
  const bed = new TestBed(isolation);
  afterAll(() => bed.close());

  it('the command is started without another namespace around it', async () => {
    const { plan } = await bed.plan({ command: ['true'] });
    expect(plan.file).toBe('prlimit');
    expect(plan.args.join(' ')).not.toContain('unshare --mount');
    expect(plan.args.includes('setpriv')).toBe(isRoot());
  });
});
