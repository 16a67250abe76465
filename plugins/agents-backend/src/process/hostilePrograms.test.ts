import { mkdirSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import {
  collect,
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

jest.setTimeout(60_000);

describeIsolated('a hostile program in bubblewrap', isolation => {
  const bed = new TestBed(isolation);
  afterAll(() => bed.close());

  it.each([
    {
      reason: 'one that hangs ends at the deadline',
      mode: 'hang',
      want: { reason: 'deadline', signal: 'SIGTERM' },
    },
    {
      reason: 'one that ignores SIGTERM is killed after the grace',
      mode: 'ignore-sigterm',
      want: { reason: 'deadline', signal: 'SIGKILL' },
    },
    {
      reason: 'one that tidies up at SIGTERM may do so',
      mode: 'polite-sigterm',
      want: { reason: 'deadline', code: 0 },
    },
    {
      reason: 'a flood of output ends at the cap',
      mode: 'flood-stdout',
      want: { reason: 'output-limit', signal: 'SIGKILL' },
    },
    {
      reason: 'a flood of errors is drained until the deadline',
      mode: 'flood-stderr',
      want: { reason: 'deadline' },
    },
    {
      reason: 'a daemon with a session of its own goes with the agent',
      mode: 'setsid-daemon',
      want: { reason: 'exited', code: 0 },
    },
    {
      reason: 'a daemon goes with an agent that is killed',
      mode: 'daemon-and-hang',
      want: { reason: 'deadline' },
    },
    {
      reason: 'a fork bomb is stopped by the limit and swept away',
      mode: 'fork-bomb',
      want: { reason: 'deadline' },
    },
    { reason: 'a crash is told by its signal', mode: 'crash', want: { reason: 'exited', signal: 'SIGSEGV' } },
  ])('$reason', async ({ mode, want }) => {
    const seconds = uniqueSeconds();
    const { agent, uid } = await bed.run({
      command: fixture('hostile.ts', mode, seconds),
      deadlineAt: Date.now() + 2500,
      maxJournalBytes: 2 * 1024 ** 2,
      maxStderrBytes: 100_000,
      limits: { processes: 64 },
    });
    const records = await collect(agent);
    expect(exitOf(records)).toMatchObject(want);
    expect(processesWith(seconds)).toEqual([]);
    expect(await processesOf(uid)).toEqual([]);
    await agent.destroy();
  });

  it('is stopped by the limit of processes, not by the size of the machine', async () => {
    const { agent } = await bed.run({
      command: fixture('hostile.ts', 'fork-bomb', uniqueSeconds()),
      deadlineAt: Date.now() + 2500,
      limits: { processes: 64 },
    });
    const [report] = linesOf(await collect(agent), 'out').map(
      line => JSON.parse(line) as { started: number; refused: number },
    );
    expect(report).toEqual({ started: expect.any(Number), refused: 1 });
    expect(report!.started).toBeLessThan(64);
  });

  it('keeps standard error up to the cap and counts the rest', async () => {
    const { agent } = await bed.run({
      command: fixture('hostile.ts', 'flood-stderr'),
      deadlineAt: Date.now() + 1500,
      maxStderrBytes: 100_000,
    });
    const records = await collect(agent);
    expect(linesOf(records, 'err').join('\n').length).toBeLessThanOrEqual(100_000);
    expect(exitOf(records).stderrDroppedBytes).toBeGreaterThan(100_000);
  });

  it('reads nothing, reaches nothing, signals nobody', async () => {
    const snooped = await snoop(bed);
    expect(snooped).toEqual({
      readsDataDirectory: false,
      listsOtherWorkspaces: false,
      readsBackendEnviron: false,
      signalsBackend: false,
      reachesLoopback: false,
      reachesAbstractSocket: false,
      writesOutside: false,
      writesKernelSwitch: false,
      writesUsr: false,
      makesNamespace: false,
      uid: expect.any(Number),
    });
    expect(snooped.uid).not.toBe(0);
  });

  it('inherits no descriptor of its launcher', async () => {
    const { agent } = await bed.run({ command: ['ls', '-l', '/proc/self/fd'] });
    const names = linesOf(await collect(agent), 'out').flatMap(
      line => /(\d+) -> (.*)/.exec(line)?.slice(1, 3).join(' ') ?? [],
    );
    expect(names.filter(name => !/^[012] |\/proc\/\d+\/fd$/.test(name))).toEqual([]);
  });
});

describe('a hostile program without bubblewrap (trusted work only)', () => {
  const bed = new TestBed(WITHOUT_BUBBLEWRAP);
  afterAll(() => bed.close());

  it.each([
    {
      reason: 'one that ignores SIGTERM is killed after the grace',
      mode: 'ignore-sigterm',
      want: { reason: 'deadline', signal: 'SIGKILL' },
    },
    {
      reason: 'a flood of output ends at the cap',
      mode: 'flood-stdout',
      want: { reason: 'output-limit', signal: 'SIGKILL' },
    },
    {
      reason: "a daemon is found by the run's user id or its marker",
      mode: 'setsid-daemon',
      want: { reason: 'exited', code: 0 },
    },
  ])('$reason', async ({ mode, want }) => {
    const seconds = uniqueSeconds();
    const { agent, uid } = await bed.run({
      command: fixture('hostile.ts', mode, seconds),
      deadlineAt: Date.now() + 2500,
      maxJournalBytes: 2 * 1024 ** 2,
    });
    expect(exitOf(await collect(agent))).toMatchObject(want);
    await agent.destroy();
    expect(processesWith(seconds)).toEqual([]);
    expect(await processesOf(uid)).toEqual([]);
  });

  if (isRoot()) {
    it('as another user does not read the data directory, and says that the network is open', async () => {
      const { reachesLoopback, ...rest } = await snoop(bed);
      expect(rest).toMatchObject({
        readsDataDirectory: false,
        listsOtherWorkspaces: false,
        readsBackendEnviron: false,
        signalsBackend: false,
        writesOutside: false,
      });
      expect(reachesLoopback).toBe(true);
      expect(bed.isolation.notEnforced).toContain('network and loopback services');
    });
  }
});

/** Puts something worth stealing everywhere and lets the program look for it. */
async function snoop(bed: TestBed): Promise<Record<string, unknown>> {
  const secretFile = path.join(bed.data, 'secret.txt');
  const otherWorkspace = path.join(bed.data, 'workspaces');
  mkdirSync(otherWorkspace, { recursive: true, mode: 0o700 });
  writeFileSync(secretFile, 'hush', { mode: 0o600 });
  const server = net.createServer().listen(0, '127.0.0.1');
  const abstractSocket = `krate-test-${process.pid}`;
  const abstract = net.createServer().listen(`\0${abstractSocket}`);
  await new Promise(resolve => server.once('listening', resolve));
  const targets = {
    secretFile,
    otherWorkspace,
    backendPid: process.pid,
    environSecret: `PATH=${process.env.PATH}`,
    port: (server.address() as AddressInfo).port,
    abstractSocket,
    outsideFile: path.join(bed.data, 'written.txt'),
  };
  const { agent } = await bed.run({ command: fixture('hostile.ts', 'snoop', JSON.stringify(targets)) });
  const lines = linesOf(await collect(agent), 'out');
  server.close();
  abstract.close();
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
}
