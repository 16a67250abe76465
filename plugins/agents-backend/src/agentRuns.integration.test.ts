import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentProviderConfig,
  KrateArtifact,
  KrateWorkspace,
} from '@krate/plugin-agents-common';
import { AgentsBed, NAMESPACE } from './__fixtures__/AgentsBed';
import { Isolation, probeIsolation } from './process';

jest.setTimeout(120_000);

const script = (...steps: object[]) => JSON.stringify({ steps });
const fix = script(
  { say: 'The operator is wrong.' },
  { read: 'sum.js' },
  { edit: { file: 'sum.js', find: 'a - b', replace: 'a + b' } },
  { run: 'node test.js', ask: true },
  { say: 'The test passes now.' },
);
const program = {
  'sum.js': 'exports.sum = (a, b) => a - b;\n',
  'test.js':
    "require('node:assert').strictEqual(require('./sum.js').sum(2, 3), 5);\nconsole.log('all is well');\n",
  '.krate/fix.json': fix,
};

describe('an agent run, from its dispatch to its pull request', () => {
  let bed: AgentsBed;
  let isolation: Isolation;

  beforeAll(async () => {
    isolation = await probeIsolation();
  });
  beforeEach(() => {
    bed = new AgentsBed(isolation);
  });
  afterEach(() => bed.close());

  it('asks, survives a restart while it waits, and proposes exactly what was approved, once', async () => {
    const base = await bed.repository('web', program);
    await bed.stack({ repository: 'web' });
    await bed.start();
    await bed.dispatch('fix-1');

    const question = await bed.question('fix-1-1-tool-0');
    expect(question.spec).toMatchObject({
      action: 'tool-use',
      actionDetail: { type: 'execute', target: 'node test.js' },
      requestedBy: { kind: 'AgentStack', name: 'fixer' },
    });
    const parked = await bed.phase('fix-1', 'AwaitingApproval');
    expect(parked.status).toMatchObject({
      attemptRef: 'fix-1-1',
      baseSha: base,
      isolation: { mechanism: isolation.mechanism },
    });
    const before = await bed.transcript('fix-1');

    await bed.stop();
    await bed.start();
    await bed.decide('fix-1-1-tool-0', 'approve');
    const writeBack = await bed.question('fix-1-write-back');
    expect(writeBack.spec).toMatchObject({
      action: 'write-back',
      artifactRefs: ['fix-1-1-patch'],
      expectedArtifactDigest: expect.stringMatching(/^sha256:/),
    });
    await bed.decide('fix-1-write-back', 'approve', 'carol');
    const { status } = await bed.phase('fix-1', 'Completed');

    expect(status).toMatchObject({
      pullRequest: 'web-1',
      branch: 'refs/heads/krate/fix-1',
      artifacts: [{ kind: 'patch', name: 'fix-1-1-patch' }],
    });
    const [pullRequest, ...others] = await bed.pullRequests();
    expect(others).toEqual([]);
    expect(pullRequest.spec).toMatchObject({
      sourceRef: 'refs/heads/krate/fix-1',
      targetRef: 'refs/heads/main',
      description: expect.stringContaining('carol'),
    });
    const gitDir = bed.repositories.directory({ namespace: NAMESPACE, repository: 'web' });
    const log = await bed.repositories.git.text(
      ['log', '--format=%an|%s|%(trailers:key=Krate-Run,valueonly)', 'refs/heads/krate/fix-1'],
      { gitDir },
    );
    expect(log.split('\n')[0]).toBe(
      `Fixer (scripted)|Make the test pass.|${(await bed.run('fix-1')).metadata.uid}`,
    );
    expect(await bed.repositories.git.text(['show', 'refs/heads/krate/fix-1:sum.js'], { gitDir })).toBe(
      'exports.sum = (a, b) => a + b;',
    );
    expect(bed.promoted.map(({ principal }) => principal)).toMatchObject([
      { type: 'run', name: 'fix-1', repository: 'web' },
    ]);

    const lines = await bed.transcript('fix-1');
    expect(lines.slice(0, before.length)).toEqual(before);
    expect(lines.map(line => line.type)).toEqual(
      expect.arrayContaining(['message', 'tool-call', 'tool-output', 'permission', 'decision', 'ended']),
    );
    expect(lines.filter(line => line.type === 'permission')).toHaveLength(1);
    expect(lines.filter(line => line.type === 'decision')).toEqual([
      expect.objectContaining({ outcome: 'allowed', by: 'bob' }),
    ]);
    expect(lines.map(line => line.text).join('\n')).toContain('all is well');
    expect(lines.at(-1)).toMatchObject({ type: 'ended', reason: 'Succeeded' });

    const { items: attempts } = await bed.client.list(AgentDispatchAttempt);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]!.status).toMatchObject({
      phase: 'Succeeded',
      agentName: 'scripted-agent',
      transcript: { stream: 'transcript', digest: expect.stringMatching(/^sha256:/) },
    });
    const [artifact] = (await bed.client.list(KrateArtifact)).items;
    const content = await bed.streams.read({
      resource: 'krateartifacts',
      namespace: NAMESPACE,
      name: artifact!.metadata.name,
      uid: artifact!.metadata.uid,
      stream: 'content',
    });
    expect(content.data.toString()).toContain('+exports.sum = (a, b) => a + b;');
    await bed.eventually(async () => {
      const workspace = await bed.client.get(KrateWorkspace, { namespace: NAMESPACE, name: 'fix-1' });
      expect(workspace).toMatchObject({ status: { phase: 'Ready', releasedAt: expect.any(String) } });
      expect(workspace!.spec.runRef).toBeUndefined();
      expect(
        (await bed.client.get(AgentApproval, { namespace: NAMESPACE, name: 'fix-1-1-tool-0' }))!.status!
          .deliveredAt,
      ).toBeDefined();
    });
  });

  it('completes without a pull request when nothing was changed', async () => {
    await bed.repository('web', { ...program, '.krate/fix.json': script({ say: 'Nothing to do.' }) });
    await bed.stack({ repository: 'web' });
    await bed.start();
    await bed.dispatch('idle');
    const { status } = await bed.phase('idle', 'Completed');
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'WrittenBack', reason: 'NothingToWrite' }),
    );
    expect(await bed.pullRequests()).toEqual([]);
  });

  it('goes on when a command is denied, and fails when the write-back is', async () => {
    await bed.repository('web', program);
    await bed.stack({ repository: 'web' });
    await bed.start();
    await bed.dispatch('no');
    await bed.question('no-1-tool-0');
    await bed.decide('no-1-tool-0', 'deny');
    await bed.question('no-write-back');
    await bed.decide('no-write-back', 'deny');
    const { status } = await bed.phase('no', 'Failed');
    expect(status.lastError).toMatchObject({ code: 'write-back-denied' });
    expect(bed.promoted).toEqual([]);
    const lines = await bed.transcript('no');
    expect(lines.map(line => line.text).join('\n')).not.toContain('all is well');
    expect(lines).toContainEqual(expect.objectContaining({ type: 'decision', outcome: 'denied', by: 'bob' }));
  });

  it('is cancelled while it works, and leaves no process and no claim', async () => {
    await bed.repository('web', { ...program, '.krate/fix.json': script({ say: 'Slowly' }, { wait: 60 }) });
    await bed.stack({ repository: 'web' });
    await bed.start();
    await bed.dispatch('long');
    await bed.eventually(async () => expect((await bed.attempt('long'))?.status?.phase).toBe('Running'));
    await bed.client.patch(
      AgentDispatchRun,
      { namespace: NAMESPACE, name: 'long' },
      { spec: { cancel: { reason: 'enough', requestedBy: 'ada' } } },
    );
    const { status } = await bed.phase('long', 'Cancelled');
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Complete', reason: 'Cancelled', message: 'Cancelled by ada: enough' }),
    );
    await bed.eventually(async () =>
      expect(
        (await bed.client.get(KrateWorkspace, { namespace: NAMESPACE, name: 'long' }))!.spec.runRef,
      ).toBeUndefined(),
    );
  });

  it('waits in the queue of a full pool, and a parked run gives its place away', async () => {
    await bed.repository('web', program);
    await bed.stack({ repository: 'web', pool: { maxReplicas: 1 } });
    await bed.start();
    await bed.dispatch('one');
    await bed.question('one-1-tool-0');
    await bed.dispatch('two');
    await bed.question('two-1-tool-0');
    expect((await bed.run('one')).status.phase).toBe('AwaitingApproval');
  });

  it('refuses untrusted work where nothing isolates it', async () => {
    await bed.close();
    const weak: Isolation = {
      mechanism: 'none',
      enforced: [],
      notEnforced: ['everything'],
      reason: 'turned off for this test',
      remedy: 'Turn it on',
    };
    bed = new AgentsBed(weak);
    await bed.repository('web', program);
    await bed.stack({ repository: 'web', trusted: false });
    await bed.start();
    await bed.dispatch('stranger');
    const { status } = await bed.phase('stranger', 'Failed');
    expect(status.lastError.code).toBe('isolation-refused');
    expect(status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Isolated',
        status: 'False',
        reason: 'Refused',
        message: expect.stringContaining('Turn it on'),
      }),
    );
  });

  it('reaches its model through Krate, and is ended when its budget is used up', async () => {
    const model = createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            choices: [{ message: { content: `authorized: ${request.headers.authorization ?? 'no'}` } }],
            usage: { prompt_tokens: 60, completion_tokens: 10 },
          }),
        );
      });
    });
    await new Promise<void>(resolve => model.listen(0, '127.0.0.1', resolve));
    const apiBase = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    await bed.repository('web', {
      ...program,
      '.krate/fix.json': script({ model: { prompt: 'One?' } }, { model: { prompt: 'Two?' } }, { wait: 60 }),
    });
    await bed.stack({ repository: 'web', stack: { provider: 'models', budget: { maxTokens: 100 } } });
    await bed.add(AgentProviderConfig, 'models', {
      provider: 'openai-compatible',
      authType: 'none',
      apiBase,
      allowPrivateAddress: true,
    });
    await bed.start();
    await bed.dispatch('costly');
    const { status } = await bed.phase('costly', 'Failed').finally(() => model.close());
    expect(status).toMatchObject({
      lastError: { code: 'budget-exceeded' },
      inputTokens: 120,
      outputTokens: 20,
      costUsd: expect.closeTo(0.00066),
    });
    const lines = await bed.transcript('costly');
    expect(lines.filter(line => line.type === 'usage')).toHaveLength(2);
    expect(lines.map(line => line.text).join()).toContain('authorized: no');
  });

  it('is ended at its deadline, which does not count the time it waits for a person', async () => {
    await bed.repository('web', {
      ...program,
      '.krate/fix.json': script({ run: 'true', ask: true }, { wait: 60 }),
    });
    await bed.stack({ repository: 'web', stack: { budget: { maxDurationSeconds: 3 } } });
    await bed.start();
    await bed.dispatch('slow');
    await bed.question('slow-1-tool-0');
    await new Promise(resolve => setTimeout(resolve, 4000));
    expect((await bed.run('slow')).status.phase).toBe('AwaitingApproval');
    await bed.decide('slow-1-tool-0', 'approve');
    const { status } = await bed.phase('slow', 'Failed');
    expect(status.lastError.code).toBe('deadline-exceeded');
  });

  it('leaves nothing behind when it is deleted while it works', async () => {
    await bed.repository('web', { ...program, '.krate/fix.json': script({ wait: 60 }) });
    await bed.stack({ repository: 'web' });
    await bed.start();
    await bed.dispatch('gone');
    await bed.eventually(async () => expect((await bed.attempt('gone'))?.status?.phase).toBe('Running'));
    await bed.client.delete(AgentDispatchRun, { namespace: NAMESPACE, name: 'gone' });
    await bed.eventually(async () => expect(await bed.run('gone')).toBeUndefined());
    expect(readdirSync(join(bed.data, 'runs'))).toEqual([]);
    expect(readdirSync(join(bed.data, 'workspaces'))).toEqual([]);
  });

  it('refuses to start without a grant for what it needs, and says which', async () => {
    await bed.repository('web', program);
    await bed.stack({ repository: 'web', stack: { provider: 'models' } });
    await bed.add(AgentProviderConfig, 'models', {
      provider: 'openai',
      authType: 'bearer',
      apiBase: 'https://models.example/v1',
      secretRef: { name: 'key', key: 'k' },
    });
    await bed.start();
    await bed.dispatch('poor');
    const { status } = await bed.phase('poor', 'Failed');
    expect(status.lastError).toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining('AgentSecretGrant'),
    });
    expect(await bed.attempt('poor')).toBeUndefined();
  });
});
