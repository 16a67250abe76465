import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeIsolated, TestBed, WITHOUT_BUBBLEWRAP, type TestRun } from '../__fixtures__/testBed';
import { AgentProcess } from '../AgentProcess';
import { EgressProxy, type EgressDecision } from '../EgressProxy';
import { programPath } from '../programs';
import type { AcpEvent } from './AcpEvent';
import { AcpSession } from './AcpSession';

jest.setTimeout(60_000);

const agentCommand = [process.execPath, '--no-warnings', programPath('scripted-agent.ts')];

/** A scripted agent in a workspace with one file. The script lies in the workspace, where the agent can read it. */
async function scripted(
  bed: TestBed,
  script: object,
  options: Partial<Parameters<TestBed['run']>[0]> = {},
): Promise<TestRun> {
  const runId = options.runId ?? `acp-${Math.random().toString(36).slice(2, 8)}`;
  const { workspace } = await bed.plan({ command: ['true'], runId });
  writeFileSync(path.join(workspace, 'script.json'), JSON.stringify(script));
  writeFileSync(path.join(workspace, 'greeting.txt'), 'Hello world\n');
  return bed.run({ ...options, runId, command: [...agentCommand, 'script.json'] });
}

const sessionOptions = (run: TestRun) => ({ cwd: run.plan.workspacePath, prompt: 'Greet Krate' });

/** Collects events up to and including the first of a type. */
async function until(session: AcpSession, type: AcpEvent['type']): Promise<AcpEvent[]> {
  const seen: AcpEvent[] = [];
  for await (const event of session) {
    seen.push(event);
    if (event.type === type) return seen;
  }
  throw new Error(`the session ended without ${type}: ${JSON.stringify(seen)}`);
}

function permissionOf(events: AcpEvent[]) {
  const last = events.at(-1);
  if (last?.type !== 'permission') throw new Error('no permission');
  return last.permission;
}

const spoken = (session: AcpSession) =>
  session.state.transcript.flatMap(entry => (entry.kind === 'agent' ? [entry.text] : []));

const editStep = { edit: { path: 'greeting.txt', find: 'world', replace: 'Krate' } };

describe('a conversation with a scripted agent', () => {
  const bed = new TestBed(WITHOUT_BUBBLEWRAP);
  afterAll(() => bed.close());

  it('goes through a whole turn, and what the agent says it did is done', async () => {
    const run = await scripted(bed, {
      steps: [
        { plan: ['read', 'edit'] },
        { say: 'I was asked: {{prompt}}' },
        { read: 'greeting.txt' },
        editStep,
        { run: ['sh', '-c', 'cat greeting.txt; exit 3'] },
      ],
    });
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    const events = await until(session, 'turn-ended');
    expect(events.at(-1)).toMatchObject({ type: 'turn-ended', stopReason: 'end_turn' });
    expect(readFileSync(path.join(run.workspace, 'greeting.txt'), 'utf8')).toBe('Hello Krate\n');
    expect(session.state).toMatchObject({
      phase: 'ready',
      agentInfo: { name: 'scripted-agent' },
      plan: [{ content: 'read' }, { content: 'edit' }],
    });
    expect(session.state.transcript).toMatchObject([
      { kind: 'user', text: 'Greet Krate' },
      { kind: 'agent', text: 'I was asked: Greet Krate' },
      {
        kind: 'tool',
        toolKind: 'read',
        status: 'completed',
        content: [{ content: { text: 'Hello world\n' } }],
      },
      {
        kind: 'tool',
        toolKind: 'edit',
        status: 'completed',
        content: [{ type: 'diff', oldText: 'Hello world\n', newText: 'Hello Krate\n' }],
      },
      {
        kind: 'tool',
        toolKind: 'execute',
        status: 'failed',
        content: [{ content: { text: 'Hello Krate\nexit 3' } }],
      },
    ]);
    await session.close();
    for await (const event of session) expect(event.type).toBe('exit');
    expect(session.state.phase).toBe('exited');
  });

  it.each([
    { decision: 'allow_once', content: 'Hello Krate\n', outcome: 'allow', stopReason: 'end_turn' },
    { decision: 'reject_once', content: 'Hello world\n', outcome: 'reject', stopReason: 'end_turn' },
    { decision: 'cancelled', content: 'Hello world\n', outcome: 'cancelled', stopReason: 'cancelled' },
  ] as const)(
    'waits for a permission, answered by $decision',
    async ({ decision, content, outcome, stopReason }) => {
      const run = await scripted(bed, { steps: [{ ...editStep, ask: 'Change the greeting' }] });
      const session = await AcpSession.start(run.agent, sessionOptions(run));
      const permission = permissionOf(await until(session, 'permission'));
      expect(permission).toMatchObject({ id: 0, toolCall: { title: 'Change the greeting' } });
      expect(await session.answer(permission.key, decision)).toBe(true);
      expect(await session.answer(permission.key, decision)).toBe(false);
      const rest = await until(session, 'turn-ended');
      expect(rest.at(-1)).toMatchObject({ stopReason });
      expect(rest).toContainEqual(expect.objectContaining({ type: 'permission-settled', outcome }));
      expect(readFileSync(path.join(run.workspace, 'greeting.txt'), 'utf8')).toBe(content);
    },
  );

  it('refuses what the agent does not offer', async () => {
    const run = await scripted(bed, { steps: [{ ...editStep, ask: 'Change the greeting' }] });
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    const { key } = permissionOf(await until(session, 'permission'));
    await expect(session.answer(key, 'allow_always')).rejects.toMatchObject({ code: 'NO_SUCH_OPTION' });
  });

  it('goes on in a new life of the backend with the permission still waiting', async () => {
    const run = await scripted(bed, {
      steps: [{ say: 'before' }, { ...editStep, ask: 'Change the greeting' }, { say: 'after' }],
    });
    const first = await AcpSession.start(run.agent, sessionOptions(run));
    const { key, offset } = permissionOf(await until(first, 'permission'));
    run.agent.detach();

    const second = await AcpSession.resume(
      await AgentProcess.attach(run.agent.runDirectory, 0),
      sessionOptions(run),
      offset,
    );
    expect(second.state.pendingPermissions).toEqual([expect.objectContaining({ key, id: 0 })]);
    await second.answer(key, 'allow_once');
    const events = await until(second, 'turn-ended');
    expect(events.every(event => event.offset > offset)).toBe(true);
    expect(spoken(second)).toEqual(['before', 'after']);
    expect(readFileSync(path.join(run.workspace, 'greeting.txt'), 'utf8')).toBe('Hello Krate\n');
    expect(second.state.transcript.filter(entry => entry.kind === 'user')).toHaveLength(1);
  });

  it('is cancelled in the middle of a command, which ends', async () => {
    const run = await scripted(bed, {
      steps: [{ say: 'starting' }, { run: ['sleep', '30'] }, { say: 'never said' }],
    });
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    await until(session, 'update');
    await session.cancel();
    const events = await until(session, 'turn-ended');
    expect(events.at(-1)).toMatchObject({ stopReason: 'cancelled' });
    expect(JSON.stringify(session.state.transcript)).not.toContain('never said');
  });

  it('takes a second prompt between turns only', async () => {
    const run = await scripted(bed, { turns: [[{ say: 'one' }], [{ say: 'two' }]] });
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    await expect(session.prompt('too early')).rejects.toMatchObject({ code: 'ACP_PROTOCOL' });
    await until(session, 'turn-ended');
    await session.prompt('And again');
    await until(session, 'turn-ended');
    expect(session.state.transcript.map(entry => 'text' in entry && entry.text)).toEqual([
      'Greet Krate',
      'one',
      'And again',
      'two',
    ]);
  });

  it('loads the session of an earlier process where the agent can', async () => {
    const loading = `
      const say = m => console.log(JSON.stringify({ jsonrpc: '2.0', ...m }));
      const results = { initialize: { protocolVersion: 1, agentCapabilities: { loadSession: true } }, 'session/load': null, 'session/prompt': { stopReason: 'end_turn' } };
      require('readline').createInterface({ input: process.stdin }).on('line', line => { const m = JSON.parse(line); say({ id: m.id, result: results[m.method] }); });`;
    const run = await bed.run({ command: [process.execPath, '-e', loading] });
    const session = await AcpSession.start(run.agent, { ...sessionOptions(run), loadSessionId: 'earlier' });
    await until(session, 'turn-ended');
    expect(session.state).toMatchObject({ sessionId: 'earlier', stopReason: 'end_turn' });
  });

  it('refuses files and terminals, which it did not offer', async () => {
    const asking = `
      const rl = require('readline').createInterface({ input: process.stdin });
      const say = m => console.log(JSON.stringify({ jsonrpc: '2.0', ...m }));
      say({ id: 0, method: 'fs/read_text_file', params: {} });
      say({ id: 1, method: 'terminal/create', params: {} });
      rl.on('line', line => { const m = JSON.parse(line); if (m.error) process.stderr.write(line + '\\n'); });`;
    const run = await bed.run({ command: [process.execPath, '-e', asking], deadlineAt: Date.now() + 1500 });
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    await until(session, 'exit');
    const refusals: string[] = [];
    for await (const record of await AgentProcess.attach(run.agent.runDirectory, 0))
      if (record.d === 'err') refusals.push(record.l);
    expect(refusals.map(line => JSON.parse(line) as object)).toEqual([
      { jsonrpc: '2.0', id: 0, error: { code: -32601, message: 'fs/read_text_file is not offered' } },
      { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'terminal/create is not offered' } },
    ]);
  });
});

/** Through the bridge to the model route and nowhere else, also after the backend was started again. */
function itUsesTheWayOut(bed: TestBed) {
  it('reaches the model route through the bridge, and nothing else, before and after a restart of the backend', async () => {
    const decisions: EgressDecision[] = [];
    const { uid } = await bed.plan({ command: ['true'], runId: 'model' });
    const directory = path.join(bed.data, 'egress-model');
    const modelRoute: Parameters<typeof EgressProxy.listen>[0]['modelRoute'] = (request, response) => {
      response.setHeader('content-type', 'application/json');
      request
        .resume()
        .on('end', () =>
          response.end(
            JSON.stringify({ choices: [{ message: { content: `a fake model at ${request.url}` } }] }),
          ),
        );
    };
    const listen = () =>
      EgressProxy.listen({
        directory,
        uid,
        allow: [],
        modelRoute,
        onDecision: decision => decisions.push(decision),
      });
    let proxy = await listen();
    const fetching = [
      process.execPath,
      '-e',
      "fetch('http://example.com/').then(r => r.text()).then(console.log, e => console.log(String(e.cause ?? e)))",
    ];
    const steps = [
      { model: { prompt: 'Hello?' } },
      { run: fetching },
      { read: 'greeting.txt', ask: 'Go on' },
      { model: { prompt: 'And now?' } },
    ];
    const run = await scripted(
      bed,
      { steps },
      { runId: 'model', egressDirectory: directory, env: { OPENAI_BASE_URL: '${KRATE_EGRESS_URL}/v1' } },
    );
    const session = await AcpSession.start(run.agent, sessionOptions(run));
    const permission = permissionOf(await until(session, 'permission'));
    await proxy.close();
    proxy = await listen(); // a restarted backend
    await session.answer(permission.key, 'allow_once');
    await until(session, 'turn-ended');
    await proxy.close();
    expect(spoken(session).join('|')).toContain('a fake model at /v1/chat/completions');
    expect(decisions.map(({ kind, target, allowed }) => ({ kind, target, allowed }))).toEqual([
      { kind: 'model', target: '/v1/chat/completions', allowed: true },
      { kind: 'connect', target: 'example.com:80', allowed: false },
      { kind: 'model', target: '/v1/chat/completions', allowed: true },
    ]);
  });
}

describeIsolated('a conversation inside bubblewrap', isolation => {
  const bed = new TestBed(isolation);
  afterAll(() => bed.close());
  itUsesTheWayOut(bed);
});

describe('a conversation of a trusted agent without bubblewrap', () => {
  const bed = new TestBed(WITHOUT_BUBBLEWRAP);
  afterAll(() => bed.close());
  itUsesTheWayOut(bed);
});
