/**
 * A real agent program, opencode, in the place of the scripted one: over the Agent Client Protocol, in its sandbox, with
 * the model behind Krate's metered route. Needs `opencode` on the PATH or named by KRATE_OPENCODE.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Machine, until } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { ScriptedModel } from './ScriptedModel.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const opencode = realpathSync(process.env.KRATE_OPENCODE);
const key = `sk-${randomBytes(12).toString('hex')}`;
const namespace = 'krate-org-acme';
const krate = (kind, name, spec, where = namespace) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind,
  metadata: { name, namespace: where },
  spec,
});

const model = new ScriptedModel({
  key,
  steps: [
    { tool: 'read', input: { filePath: '/workspace/sum.js' } },
    { tool: 'edit', input: { filePath: '/workspace/sum.js', oldString: 'a - b', newString: 'a + b' } },
    { tool: 'bash', input: { command: 'node test.js', description: 'Runs the test' } },
    { say: 'The sum is right now.' },
  ],
});
const machine = new Machine(root);

try {
  const apiBase = await model.listen();
  const port = await freePort();
  console.log('start, sign in, an organization and a repository with a failing test');
  await machine.startKrate({ port, apiPort: await freePort(), dataDirectory: join(machine.home, 'data') });
  const url = `http://127.0.0.1:${port}`;
  const ada = new Person(machine, 'admin', { root, url });
  await ada.signIn(machine.output.match(/http\S+#sign-in=\S+/)[0]);
  await ada.apply(krate('Organization', 'acme', { displayName: 'Acme' }, 'krate-system'));
  await ada.kubectl(
    'wait',
    '--for=condition=Ready',
    'organization/acme',
    '-n',
    'krate-system',
    '--timeout=30s',
  );
  await ada.apply(
    krate('Repository', 'sums', {
      initialize: {
        files: [
          { path: 'sum.js', content: 'exports.sum = (a, b) => a - b;\n' },
          {
            path: 'test.js',
            content:
              "require('node:assert').strictEqual(require('./sum').sum(2, 3), 5);\nconsole.log('all is well');\n",
          },
        ],
      },
    }),
  );
  await ada.kubectl('wait', '--for=condition=Ready', 'repository/sums', '-n', namespace, '--timeout=30s');

  console.log('opencode as the agent, a model behind the metered route');
  await ada.kubectl(
    'create',
    'secret',
    'generic',
    'model-key',
    '-n',
    namespace,
    `--from-literal=apiKey=${key}`,
  );
  const configuration = {
    provider: {
      krate: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: '{env:OPENAI_BASE_URL}', apiKey: 'held by krate' },
        models: { scripted: { name: 'scripted' } },
      },
    },
    model: 'krate/scripted',
    small_model: 'krate/scripted',
    permission: { edit: 'ask', bash: 'ask' },
  };
  await ada.apply([
    krate('RunnerPool', 'local', { warmReplicas: 0, maxReplicas: 1 }),
    krate('AgentProviderConfig', 'model', {
      provider: 'openai-compatible',
      authType: 'bearer',
      apiBase,
      allowPrivateAddress: true,
      secretRef: { name: 'model-key', key: 'apiKey' },
      modelRates: { scripted: { inputUsdPerMillion: 3, outputUsdPerMillion: 15 } },
    }),
    krate('AgentSecretGrant', 'fixer-model', {
      subject: { kind: 'agent-stack', name: 'fixer' },
      secretRef: { name: 'model-key', keys: ['apiKey'] },
      purpose: 'model-provider-token',
    }),
    krate('AgentAdapter', 'opencode', {
      adapterType: 'subprocess',
      transport: 'stdio',
      command: [opencode, 'acp'],
    }),
    krate('AgentToolProfile', 'careful', {
      filesystemPolicy: 'workspace-write',
      approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', '*': 'prompt' },
    }),
    krate('AgentServiceAccount', 'fixer', { serviceAccountName: 'fixer', allowedRepositories: ['sums'] }),
    krate('AgentRoleBinding', 'fixer-repairs', {
      subject: { kind: 'AgentServiceAccount', name: 'fixer' },
      scope: { kind: 'repository', name: 'sums' },
      roleRef: { name: 'krate-agent-repository-repair' },
    }),
    krate('AgentStack', 'fixer', {
      baseAgent: 'opencode',
      adapter: 'opencode',
      provider: 'model',
      model: 'scripted',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      toolProfileRef: 'careful',
      runnerPool: 'local',
      environment: {
        OPENCODE_CONFIG_CONTENT: JSON.stringify(configuration),
        OPENCODE_DISABLE_AUTOUPDATE: 'true',
        OPENCODE_DISABLE_MODELS_FETCH: 'true',
        OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
      },
    }),
  ]);
  await ada.kubectl('wait', '--for=condition=Ready', 'agentstack/fixer', '-n', namespace, '--timeout=30s');

  console.log('dispatch; every question is approved');
  const runName = (
    await ada.krate(
      'dispatch',
      '--org',
      'acme',
      '--repository',
      'sums',
      '--stack',
      'fixer',
      '--task',
      'Make the test pass.',
    )
  ).trim();
  const asked = [];
  const finished = await until(
    'the run to complete',
    async () => {
      const { status } = await ada.get('agentdispatchrun', runName, namespace);
      assert.notEqual(status?.phase, 'Failed', JSON.stringify(status?.lastError));
      if (status?.phase === 'Completed') return status;
      for (const approval of await ada.list('agentapprovals', namespace)) {
        if (approval.status?.phase !== 'Pending' || approval.spec.decision) continue;
        asked.push(
          `${approval.spec.action}: ${approval.spec.actionDetail.target ?? approval.spec.actionDetail.summary}`,
        );
        await ada.krate('approve', approval.metadata.name, '--org', 'acme');
      }
      return false;
    },
    { seconds: 180, everyMs: 1000 },
  );
  console.log(`it asked for ${asked.join('; ')}`);
  assert.ok(
    asked.some(question => question.includes('node test.js')),
    'it asked before it ran the command',
  );

  console.log('the change is on the branch, and the model’s tokens were counted');
  const { spec } = await ada.get('pullrequest', finished.pullRequest, namespace);
  const clone = join(machine.home, 'clone');
  mkdirSync(clone);
  await ada.git(
    machine.home,
    'clone',
    '-q',
    '-b',
    spec.sourceRef.replace('refs/heads/', ''),
    `${url}/git/acme/sums.git`,
    clone,
  );
  assert.match(await machine.exec('node', ['test.js'], { cwd: clone }), /all is well/);
  assert.ok(finished.inputTokens >= 4000 && finished.costUsd > 0, JSON.stringify(finished));
  assert.equal(model.refused, 0, 'the key reached the model');
  const transcript = await ada.krate('logs', runName, '--org', 'acme', '--json');
  assert.ok(!transcript.includes(key), 'the key is nowhere in the transcript');
  console.log('done');
} catch (error) {
  console.log(`\nthe backend said:\n${machine.output.slice(-6000)}`);
  throw error;
} finally {
  await machine.close();
  await model.close();
}
