import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  collect,
  describeAsRoot,
  exitOf,
  fixture,
  linesOf,
  TestBed,
  WITHOUT_BUBBLEWRAP,
} from './__fixtures__/testBed';
import { AgentProcess } from './AgentProcess';
import type { JournalRecord } from './journal';
import { readJournal } from './readJournal';

jest.setTimeout(60_000);

/** A backend reduced to the start of a shim; it then hangs until it is killed. */
const launcherScript = `
const { shim, spec } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const child = require('child_process').spawn(process.execPath, [shim], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
child.stdin.end(JSON.stringify(spec));
setInterval(() => {}, 1000);
`;

describe('an agent under its shim', () => {
  const bed = new TestBed(WITHOUT_BUBBLEWRAP);
  afterAll(() => bed.close());

  it('journals both directions in order, with offsets that can be resumed from', async () => {
    const { agent } = await bed.run({ command: ['cat'] });
    await agent.send('{"id":0,"text":"grüß"}');
    const seen: JournalRecord[] = [];
    for await (const record of agent) {
      seen.push(record);
      if (record.d === 'out') break;
    }
    await agent.closeInput();
    const again = await AgentProcess.attach(agent.runDirectory, seen.at(-1)!.offset);
    const rest = await collect(again);
    expect(linesOf(seen, 'in')).toEqual(['{"id":0,"text":"grüß"}']);
    expect(linesOf(seen, 'out')).toEqual(['{"id":0,"text":"grüß"}']);
    expect(exitOf(rest)).toEqual({
      event: 'exit',
      code: 0,
      signal: null,
      reason: 'exited',
      stderrDroppedBytes: 0,
    });
    expect([...seen, ...rest].map(record => record.n)).toEqual(
      [...seen, ...rest].map((_, index) => index + 1),
    );
    expect(await agent.state()).toMatchObject({ phase: 'exited', exit: { reason: 'exited' } });
  });

  it('gives two readers the same journal, the late one from the file', async () => {
    const { agent } = await bed.run({ command: ['seq', '1', '20000'] });
    const second = await AgentProcess.attach(agent.runDirectory, 0);
    const [one, two] = await Promise.all([collect(agent), collect(second)]);
    const three = await collect(await AgentProcess.attach(agent.runDirectory, 0));
    expect(linesOf(one, 'out')).toHaveLength(20_000);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('drops a line that is too long, says so, and goes on with the next', async () => {
    const { agent } = await bed.run({
      command: fixture('hostile.ts', 'long-line', '300000'),
      maxLineBytes: 100_000,
    });
    const records = await collect(agent);
    expect(linesOf(records, 'out')).toEqual(['after']);
    expect(records).toContainEqual(
      expect.objectContaining({ d: 'shim', e: { event: 'line-too-long', stream: 'out', bytes: 300_000 } }),
    );
  });

  it.each([
    {
      reason: 'cancelled by a person',
      command: fixture('hostile.ts', 'hang'),
      act: (agent: AgentProcess) => agent.cancel(),
      want: { reason: 'cancelled', signal: 'SIGTERM' },
    },
    {
      reason: 'its deadline was moved nearer',
      command: fixture('hostile.ts', 'hang'),
      act: (agent: AgentProcess) => agent.moveDeadline(Date.now() + 200),
      want: { reason: 'deadline' },
    },
    {
      reason: 'it ended by itself',
      command: fixture('hostile.ts', 'exit', '7'),
      act: async () => {},
      want: { reason: 'exited', code: 7 },
    },
  ])('ends when $reason', async ({ command, act, want }) => {
    const { agent } = await bed.run({ command });
    await act(agent);
    expect(exitOf(await collect(agent))).toMatchObject(want);
  });

  it('fails the launch with the reason where the program does not exist', async () => {
    const { agent } = await bed.run({ command: ['no-such-agent'] });
    expect(exitOf(await collect(agent))).toMatchObject({
      reason: 'launch-failed',
      message: expect.stringContaining('no-such-agent'),
    });
  });

  it('refuses input after the end with a code', async () => {
    const { agent } = await bed.run({ command: ['true'] });
    await collect(agent);
    await expect(agent.send('hello')).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  });

  it('knows a run that never was, and launches a run only once', async () => {
    await expect(AgentProcess.attach(path.join(bed.data, 'nothing'), 0)).rejects.toMatchObject({
      code: 'NOT_RUNNING',
    });
    const { agent, plan } = await bed.run({ command: ['cat'], runId: 'once' });
    const again = await AgentProcess.launch({
      runId: 'once',
      runDirectory: agent.runDirectory,
      plan,
      deadlineAt: Date.now() + 10_000,
    });
    await again.closeInput();
    const records = await collect(again);
    expect(records.filter(record => record.d === 'shim' && record.e.event === 'launched')).toHaveLength(1);
  });

  it('calls a run lost when its shim was killed, even where its pid lives on as another process', async () => {
    const { agent } = await bed.run({ command: fixture('hostile.ts', 'hang') });
    const before = await agent.state();
    if (before.phase !== 'running') throw new Error(`unexpected ${before.phase}`);
    process.kill(before.run.shim.pid, 'SIGKILL');
    for await (const record of agent) expect(record.d).toBe('shim');
    expect((await agent.state()).phase).toBe('lost');
    const file = path.join(agent.runDirectory, 'run.json');
    writeFileSync(file, JSON.stringify({ ...before.run, shim: { ...before.run.shim, pid: process.pid } }));
    expect((await agent.state()).phase).toBe('lost');
    await agent.destroy();
  });

  it('ends in order when its shim is told to, as at a shutdown, and says so', async () => {
    const { agent } = await bed.run({ command: fixture('hostile.ts', 'hang') });
    const state = await agent.state();
    if (state.phase !== 'running') throw new Error(`unexpected ${state.phase}`);
    process.kill(state.run.shim.pid, 'SIGTERM');
    expect(exitOf(await collect(agent))).toMatchObject({
      reason: 'cancelled',
      message: expect.stringContaining('shuts down'),
    });
  });

  it('keeps its files from other users', async () => {
    const { agent } = await bed.run({ command: ['true'] });
    await collect(agent);
    expect(statSync(path.join(agent.runDirectory, 'journal.ndjson')).mode & 0o077).toBe(0);
    expect(statSync(path.join(agent.runDirectory, 'run.json')).mode & 0o077).toBe(0);
  });

  it('leaves out an unfinished last line of a journal', async () => {
    const file = path.join(bed.data, 'torn.ndjson');
    writeFileSync(file, '{"n":1,"t":0,"d":"out","l":"a"}\n{"n":2,"t":0,"d":"o');
    const records = [];
    for await (const record of readJournal(file)) records.push(record);
    expect(records).toEqual([{ n: 1, t: 0, d: 'out', l: 'a', offset: 32 }]);
  });

  it('refuses a run directory too deep for a socket, and says by how much', async () => {
    const { plan } = await bed.plan({ command: ['true'] });
    const deep = path.join(bed.data, 'x'.repeat(120));
    await expect(
      AgentProcess.launch({ runId: 'deep', runDirectory: deep, plan, deadlineAt: 0 }),
    ).rejects.toMatchObject({ code: 'SOCKET_PATH_TOO_LONG' });
  });

  it('is not held up by a reader that does not read', async () => {
    const { agent } = await bed.run({ command: ['seq', '1', '300000'] });
    const idle = net.connect(path.join(agent.runDirectory, 'control.sock'), () =>
      idle.pause().write('{"ack":1,"op":"attach","from":0}\n'),
    );
    expect(linesOf(await collect(agent), 'out')).toHaveLength(300_000);
    idle.destroy();
  });

  it('survives the death of the backend that started it', async () => {
    const { runId, plan } = await bed.plan({ command: fixture('hostile.ts', 'echo') });
    const runDirectory = path.join(bed.data, 'runs', runId);
    const backend = spawn(process.execPath, ['-e', launcherScript], { stdio: ['pipe', 'ignore', 'inherit'] });
    backend.stdin.end(
      JSON.stringify({
        shim: path.resolve(__dirname, '../../bin/krate-agent-shim.ts'),
        spec: shimSpec(runId, runDirectory, plan),
      }),
    );
    for (let tries = 0; tries < 500 && !existsSync(path.join(runDirectory, 'control.sock')); tries++)
      await sleep(10);
    backend.kill('SIGKILL');
    await new Promise(resolve => backend.once('exit', resolve));
    const agent = await AgentProcess.attach(runDirectory, 0);
    await agent.send('still here');
    await agent.closeInput();
    expect(linesOf(await collect(agent), 'out')).toEqual(['still here']);
    await agent.destroy();
  });
});

function shimSpec(
  runId: string,
  runDirectory: string,
  plan: {
    file: string;
    args: string[];
    env: Record<string, string>;
    cwd: string;
    containment: string;
    uid?: number;
  },
) {
  const limits = { graceMs: 300, maxLineBytes: 1e6, maxJournalBytes: 1e7, maxStderrBytes: 1e5 };
  return {
    runId,
    runDirectory,
    command: { ...plan, inputs: [] },
    containment: plan.containment,
    uid: plan.uid,
    deadlineAt: Date.now() + 20_000,
    ...limits,
  };
}

describeAsRoot('a backend that is root', () => {
  it('ends a run whose journal no longer fits on the disk, and says so in the room it kept', async () => {
    const bed = new TestBed(WITHOUT_BUBBLEWRAP);
    const directory = path.join(bed.data, 'runs', 'full');
    mkdirSync(directory, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', directory]);
    try {
      const { agent } = await bed.run({ runId: 'full', command: fixture('hostile.ts', 'flood-stdout') });
      const records = await collect(agent);
      expect(exitOf(records)).toMatchObject({
        reason: 'journal-failed',
        message: expect.stringContaining('ENOSPC'),
      });
      expect(records.map(record => record.n)).toEqual(records.map((_, index) => index + 1));
      await agent.destroy();
    } finally {
      execFileSync('umount', ['--lazy', directory]);
      await bed.close();
    }
  });
});
