/**
 * One run from its dispatch to its merge while the backend is killed at a random moment of every phase. Agents and jobs live
 * in processes of their own, so they go on, and whoever starts again has to find them as they are by then.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { Api } from './Api.mjs';
import { Hopeless, patiently } from './patience.mjs';
import { processesOf } from './processes.mjs';

const ORG = 'acme';
const NAMESPACE = `krate-org-${ORG}`;
const REPOSITORY = 'sums';
const PIPELINE =
  'on:\n  pullRequest: true\njobs:\n  test:\n    steps:\n      - name: run the test\n        run: sleep 2; node test.js\n';

/** The agent's part: slow enough that a kill can fall between any two of its steps. */
const scriptFor = random => ({
  steps: [
    { say: 'I look around.' },
    { wait: 1 + random() * 3 },
    { read: 'sum.js' },
    { edit: { file: 'sum.js', find: 'a - b', replace: 'a + b' } },
    { wait: random() * 2 },
    { run: 'node test.js', ask: true },
    { wait: random() * 3 },
    { say: 'The sum is right now.' },
  ],
});

export async function playRound(machine, root, random, say) {
  const started = Date.now();
  const step = text => say(`${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s  ${text}`);
  const server = {
    port: await freePort(),
    apiPort: await freePort(),
    dataDirectory: join(machine.home, 'data'),
  };
  const url = `http://127.0.0.1:${server.port}`;
  await machine.startKrate(server);
  const ada = new Person(machine, 'admin', { root, url });
  await ada.signIn(machine.output.match(/http\S+#sign-in=\S+/)[0]);
  const api = new Api(url, JSON.parse(readFileSync(ada.environment.KRATE_CONFIG, 'utf8')).token, NAMESPACE);
  const bob = await settle(ada, api, { root, url, random });
  const stopScribbling = api.scribble('note');

  let kills = 0;
  const killed = async (phase, withinMs) => {
    const afterMs = Math.round(random() * withinMs);
    await new Promise(resolve => setTimeout(resolve, afterMs));
    await machine.killKrate();
    kills += 1;
    step(`killed ${afterMs} ms ${phase}`);
    await machine.startKrate(server);
  };

  const run = await api.create('AgentDispatchRun', 'agentdispatchruns', 'fixer-', {
    repository: REPOSITORY,
    agentStack: 'fixer',
    task: 'Make the test pass.',
  });
  const look = (what, probe) => watchRun(api, run.metadata.name, what, probe);
  await killed('after the dispatch', 400);
  await look('its workspace', ({ status }) => status?.workspaceRef || status?.attemptRef);
  await killed('after its workspace was asked for', 600);
  await look('its attempt', ({ status }) => status?.attemptRef);
  await killed('after its attempt was made', 600);
  await look('it to run', ({ status }) => ['Running', 'AwaitingApproval'].includes(status?.phase));
  await killed('after it ran', 2500);

  const question = await pending(api, run.metadata.name, 'tool-use');
  await killed('after it was parked', 800);
  assert.equal(
    (await pending(api, run.metadata.name, 'tool-use')).metadata.uid,
    question.metadata.uid,
    'the question survived',
  );
  const decided = await decide(bob, question);
  await killed('after the approval', 400);
  await look(
    'it to go on',
    async () => (await api.get('agentapprovals', question.metadata.name)).status?.phase === 'Approved',
  );
  await killed('after the command was allowed', 5000);

  const writeBack = await pending(api, run.metadata.name, 'write-back');
  await killed('after the work was taken back', 600);
  const decidedBack = await decide(bob, writeBack);
  await killed('after the write-back was approved', 500);
  await killed('after the start that pushes', 2500);
  const { status } = await look('its pull request', ({ status: now }) => now?.pullRequest && now);
  await killed('after the pull request was opened', 500);
  await look('its end', ({ status: now }) => now?.phase === 'Completed');

  await patiently('a job to run', async () =>
    (await api.list('jobs')).some(job => ['Running', 'Succeeded', 'Failed'].includes(job.status?.phase)),
  );
  await killed('after the job began', 2000);
  const pull = () => api.get('pullrequests', status.pullRequest);
  await patiently('its check to pass', async () =>
    (await pull()).status?.checks?.some(check => check.state === 'Succeeded'),
  );
  await bob.create('Review', 'reviews', 'bobs', { pullRequest: status.pullRequest, decision: 'approved' });
  await killed('after the review', 400);
  const {
    status: { headSha },
  } = await patiently('it to be mergeable', async () => {
    const now = await pull();
    return now.status.mergeable && now;
  });
  await bob.patch('pullrequests', status.pullRequest, { spec: { merge: { expectedHeadSha: headSha } } });
  await killed('after the merge was asked for', 400);
  await patiently('the merge', async () => (await pull()).status.phase === 'Merged');
  await stopScribbling();

  step(`merged after ${kills} kills; is all of it there, and once?`);
  await assertOnce({ machine, ada, api, bob, run, url, server, decisions: [decided, decidedBack] });
  return kills;
}

async function settle(ada, api, { root, url, random }) {
  await api.request('POST', '/apis/krate.a5c.ai/v1alpha1/namespaces/krate-system/organizations', {
    ...{ apiVersion: 'krate.a5c.ai/v1alpha1', kind: 'Organization', metadata: { name: ORG } },
    spec: { displayName: 'Acme' },
  });
  await ada.kubectl(
    'wait',
    '--for=condition=Ready',
    `organization/${ORG}`,
    '-n',
    'krate-system',
    '--timeout=60s',
  );
  await api.create('User', 'users', 'bob', { displayName: 'Bob' });
  await api.create('IdentityMapping', 'identitymappings', 'bob', {
    user: 'bob',
    provider: 'backstage',
    subject: 'bob',
  });
  await api.create('AgentRoleBinding', 'agentrolebindings', 'bob', {
    subject: { kind: 'User', name: 'bob' },
    scope: { kind: 'organization' },
    roleRef: { name: 'maintainer' },
  });
  const file = (path, content) => ({ path, content });
  await api.create('Repository', 'repositories', REPOSITORY, {
    initialize: {
      files: [
        file('sum.js', 'exports.sum = (a, b) => a - b;\n'),
        file(
          'test.js',
          "require('node:assert').strictEqual(require('./sum').sum(2, 3), 5);\nconsole.log('all is well');\n",
        ),
        file('.krate/fix.json', JSON.stringify(scriptFor(random))),
        file('.krate/pipelines/test.yaml', PIPELINE),
      ],
    },
  });
  await ada.kubectl(
    'wait',
    '--for=condition=Ready',
    `repository/${REPOSITORY}`,
    '-n',
    NAMESPACE,
    '--timeout=60s',
  );
  await api.create('RunnerPool', 'runnerpools', 'local', {
    warmReplicas: 0,
    maxReplicas: 2,
    trustTier: 'trusted',
  });
  await api.create('BranchProtection', 'branchprotections', 'main', {
    repository: REPOSITORY,
    refs: ['main'],
    requiredApprovals: 1,
    requiredChecks: ['test/test'],
  });
  await api.create('AgentAdapter', 'agentadapters', 'scripted', {
    adapterType: 'subprocess',
    transport: 'stdio',
    command: ['krate:scripted-agent', '.krate/fix.json'],
    trusted: true,
  });
  await api.create('AgentToolProfile', 'agenttoolprofiles', 'careful', {
    filesystemPolicy: 'workspace-write',
    approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', '*': 'prompt' },
  });
  await api.create('AgentServiceAccount', 'agentserviceaccounts', 'fixer', {
    serviceAccountName: 'fixer',
    allowedRepositories: [REPOSITORY],
  });
  await api.create('AgentRoleBinding', 'agentrolebindings', 'fixer', {
    subject: { kind: 'AgentServiceAccount', name: 'fixer' },
    scope: { kind: 'repository', name: REPOSITORY },
    roleRef: { name: 'krate-agent-repository-repair' },
  });
  await api.create('AgentStack', 'agentstacks', 'fixer', {
    displayName: 'Fixer',
    baseAgent: 'scripted',
    adapter: 'scripted',
    runtimeIdentity: { serviceAccountRef: 'fixer' },
    toolProfileRef: 'careful',
    runnerPool: 'local',
  });
  await ada.kubectl('wait', '--for=condition=Ready', 'agentstack/fixer', '-n', NAMESPACE, '--timeout=60s');
  const bob = new Person(ada.machine, 'bob', { root, url });
  await bob.signIn((await ada.krate('sign-in-link', 'bob')).match(/http\S+#sign-in=\S+/)[0]);
  return new Api(url, JSON.parse(readFileSync(bob.environment.KRATE_CONFIG, 'utf8')).token, NAMESPACE);
}

function watchRun(api, name, what, probe) {
  return patiently(`${what} of the run`, async () => {
    const run = await api.get('agentdispatchruns', name);
    if (['Failed', 'Cancelled'].includes(run.status?.phase))
      throw new Hopeless(`the run ended: ${JSON.stringify(run.status)}`);
    return (await probe(run)) && run;
  });
}

function pending(api, run, action) {
  return patiently(`a pending ${action} approval`, async () => {
    const { status } = await api.get('agentdispatchruns', run);
    if (['Failed', 'Cancelled'].includes(status?.phase))
      throw new Hopeless(`the run ended: ${JSON.stringify(status)}`);
    const found = (await api.list('agentapprovals')).filter(
      ({ spec, status: now }) =>
        spec.dispatchRun === run && spec.action === action && now?.phase === 'Pending',
    );
    if (found.length > 1) throw new Hopeless(`it asks twice: ${found.map(({ metadata }) => metadata.name)}`);
    return found[0];
  });
}

/** The decision as it was acknowledged. */
async function decide(bob, { metadata: { name } }) {
  const { spec } = await bob.patch('agentapprovals', name, {
    spec: { decision: 'approve', comment: 'It may.' },
  });
  return { name, decidedAt: spec.decidedAt };
}

async function assertOnce({ machine, ada, api, bob, run, url, server, decisions }) {
  assert.deepEqual(await api.lost(), [], 'acknowledged and lost');
  assert.deepEqual(await bob.lost(), [], 'acknowledged and lost');
  for (const [plural, count] of [
    ['agentdispatchruns', 1],
    ['agentdispatchattempts', 1],
    ['pullrequests', 1],
    ['agentapprovals', 2],
    ['pipelines', 1],
    ['jobs', 1],
  ]) {
    const found = await api.list(plural);
    assert.equal(found.length, count, `${plural}: ${found.map(({ metadata }) => metadata.name)}`);
  }
  const trail = (await api.request('GET', `/audit?org=${ORG}&limit=500`)).items;
  for (const { name, decidedAt } of decisions) {
    const { spec } = await api.get('agentapprovals', name);
    assert.deepEqual([spec.decision, spec.decidedBy, spec.decidedAt], ['approve', 'bob', decidedAt]);
    const told = trail.filter(
      ({ resource, principal, outcome }) =>
        resource?.endsWith(`/${name}`) && JSON.stringify(principal).includes('bob') && outcome === 'allowed',
    );
    assert.equal(told.length, 1, `the decision on ${name} in the audit trail: ${JSON.stringify(told)}`);
  }

  const clone = join(machine.home, 'clone');
  await ada.git(machine.home, 'clone', '-q', `${url}/git/${ORG}/${REPOSITORY}.git`, clone);
  assert.match(await machine.exec('node', ['test.js'], { cwd: clone }), /all is well/);
  const log = (range, ...more) =>
    machine.exec('git', ['log', '--format=%h %an %s', ...more, range], { cwd: clone });
  assert.equal(
    (await log('HEAD', '--no-merges')).trim().split('\n').length,
    2,
    await log('HEAD', '--no-merges'),
  );
  assert.ok((await log('HEAD', '--merges')).trim().split('\n').length <= 1, await log('HEAD', '--merges'));
  for (const directory of bareRepositories(server.dataDirectory)) {
    const said = await machine.exec('git', [
      '-c',
      'safe.directory=*',
      '-C',
      directory,
      'fsck',
      '--full',
      '--no-dangling',
    ]);
    assert.equal(said.trim(), '', `git fsck of ${directory}`);
  }
  await patiently(
    'the processes of the run to be gone',
    () => {
      const left = processesOf(join(server.dataDirectory, 'workspaces')).concat(
        processesOf(run.metadata.uid),
      );
      assert.deepEqual(left, []);
      return true;
    },
    { seconds: 30, everyMs: 1000 },
  );
}

function bareRepositories(directory) {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return entries.flatMap(({ name }) =>
    name.endsWith('.git') ? [join(directory, name)] : bareRepositories(join(directory, name)),
  );
}
