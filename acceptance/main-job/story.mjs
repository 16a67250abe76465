/**
 * Krate's main job, from outside: an organization, a repository with a failing test, an agent that asks before it runs
 * the test, a backend killed while it waits, an approval by a second person, a pull request, a merge, and the test run
 * again in a fresh clone. Names, contents and the fault are drawn at random, so nothing can have been prepared.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, Machine, until } from './Machine.mjs';
import { Person } from './Person.mjs';

const word = prefix => `${prefix}${randomBytes(3).toString('hex')}`;
const pick = list => list[randomInt(list.length)];

/** A tiny program with one wrong operator, and the script that would mend it. */
function drawFault() {
  const [wrong, right, name] = pick([
    ['-', '+', 'sum'],
    ['+', '-', 'difference'],
    ['+', '*', 'product'],
  ]);
  const [a, b] = [randomInt(3, 50), randomInt(3, 50)];
  const expected = { '+': a + b, '-': a - b, '*': a * b }[right];
  const file = `${word('lib-')}.js`;
  return {
    file,
    program: `exports.${name} = (a, b) => a ${wrong} b;\n`,
    test: `const assert = require('node:assert');\nassert.strictEqual(require('./${file}').${name}(${a}, ${b}), ${expected});\nconsole.log('all is well');\n`,
    script: {
      steps: [
        { say: `The test of ${name} fails; the operator in ${file} is wrong.` },
        { read: file },
        { edit: { file, find: `a ${wrong} b`, replace: `a ${right} b` } },
        { run: 'node test.js', ask: true },
        { say: 'The test passes now.' },
      ],
    },
  };
}

const krate = (kind, name, namespace, spec) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind,
  metadata: { name, namespace },
  spec,
});

/** `databaseUrl`: a PostgreSQL to tell it on; absent, on SQLite. */
export async function tell(root, { say = console.log, databaseUrl } = {}) {
  const machine = new Machine(root);
  try {
    await chapters(root, machine, { say, databaseUrl });
  } catch (error) {
    say(`\nthe backend said:\n${machine.output.slice(-8000)}`);
    throw error;
  } finally {
    await machine.close();
  }
}

async function chapters(root, machine, { say, databaseUrl }) {
  const started = Date.now();
  const step = text => say(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  const server = {
    port: await freePort(),
    apiPort: await freePort(),
    dataDirectory: join(machine.home, 'data'),
    databaseUrl,
  };
  const url = `http://127.0.0.1:${server.port}`;
  const [org, repository] = [word('org-'), word('repo-')];
  const namespace = `krate-org-${org}`;
  const fault = drawFault();

  step('start on an empty data directory');
  await machine.startKrate(server);
  const link = machine.output.match(/http\S+#sign-in=\S+/)?.[0];
  assert.ok(link, `no sign-in link in:\n${machine.output}`);

  step('the administrator signs in with the printed link; it works once');
  const ada = new Person(machine, 'admin', { root, url });
  await ada.signIn(link);
  await assert.rejects(new Person(machine, 'thief', { root, url }).signIn(link), /sign-in link/i);

  step(`kubectl creates the organization ${org}`);
  await ada.apply(krate('Organization', org, 'krate-system', { displayName: `The ${org} company` }));
  await ada.kubectl(
    'wait',
    '--for=condition=Ready',
    `organization/${org}`,
    '-n',
    'krate-system',
    '--timeout=30s',
  );

  step('a second person becomes a maintainer');
  const bob = new Person(machine, word('bob'), { root, url });
  await ada.apply([
    krate('User', bob.name, namespace, { displayName: 'Bob', email: `${bob.name}@story.example` }),
    krate('IdentityMapping', bob.name, namespace, {
      user: bob.name,
      provider: 'backstage',
      subject: bob.name,
    }),
    krate('AgentRoleBinding', `${bob.name}-maintains`, namespace, {
      subject: { kind: 'User', name: bob.name },
      scope: { kind: 'organization' },
      roleRef: { name: 'maintainer' },
    }),
  ]);
  await bob.signIn((await ada.krate('sign-in-link', bob.name)).match(/http\S+#sign-in=\S+/)[0]);
  assert.match(await bob.kubectl('auth', 'whoami'), new RegExp(bob.name));

  step('a stranger sees and may do nothing');
  const eve = new Person(machine, word('eve'), { root, url });
  await eve.signIn((await ada.krate('sign-in-link', eve.name)).match(/http\S+#sign-in=\S+/)[0]);
  await assert.rejects(eve.kubectl('get', 'repositories', '-n', namespace), /forbidden/i);

  step(`the repository ${repository} gets a program with a failing test`);
  await ada.apply(krate('Repository', repository, namespace, { visibility: 'private' }));
  await ada.kubectl(
    'wait',
    '--for=condition=Ready',
    `repository/${repository}`,
    '-n',
    namespace,
    '--timeout=30s',
  );
  const checkout = join(machine.home, 'checkout');
  mkdirSync(checkout);
  machine.write(`checkout/${fault.file}`, fault.program);
  machine.write('checkout/test.js', fault.test);
  machine.write('checkout/.krate/fix.json', JSON.stringify(fault.script, null, 2));
  machine.write(
    'checkout/.krate/pipelines/test.yaml',
    'on:\n  push:\n    branches: [main]\n  pullRequest: true\njobs:\n  test:\n    steps:\n      - name: run the test\n        run: node test.js\n',
  );
  const cloneUrl = `${url}/git/${org}/${repository}.git`;
  await ada.git(checkout, 'init', '-q', '-b', 'main');
  await ada.git(checkout, 'add', '.');
  await ada.git(checkout, 'commit', '-qm', word('A program '));
  await ada.git(checkout, 'push', '-q', cloneUrl, 'main');
  await assert.rejects(machine.exec('node', ['test.js'], { cwd: checkout }), /strictEqual|Expected/);
  await assert.rejects(eve.git(machine.home, 'clone', '-q', cloneUrl, 'stolen'), /fatal/);
  await assert.rejects(machine.exec('git', ['clone', '-q', cloneUrl, 'stolen']), /fatal/);

  step('main is protected, and an agent is set up');
  await ada.apply([
    krate('RunnerPool', 'local', namespace, { warmReplicas: 0, maxReplicas: 2, trustTier: 'trusted' }),
    krate('RunnerPool', 'sandboxed', namespace, { warmReplicas: 0, maxReplicas: 2, trustTier: 'untrusted' }),
    krate('BranchProtection', 'main', namespace, {
      repository,
      refs: ['main'],
      requiredApprovals: 1,
      requiredChecks: ['test/test'],
    }),
    krate('AgentAdapter', 'scripted', namespace, {
      adapterType: 'subprocess',
      transport: 'stdio',
      command: ['krate:scripted-agent', '.krate/fix.json'],
      trusted: true,
    }),
    krate('AgentToolProfile', 'careful', namespace, {
      filesystemPolicy: 'workspace-write',
      approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', '*': 'prompt' },
    }),
    krate('AgentServiceAccount', 'fixer', namespace, {
      serviceAccountName: 'fixer',
      allowedRepositories: [repository],
    }),
    krate('AgentRoleBinding', 'fixer-repairs', namespace, {
      subject: { kind: 'AgentServiceAccount', name: 'fixer' },
      scope: { kind: 'repository', name: repository },
      roleRef: { name: 'krate-agent-repository-repair' },
    }),
    krate('AgentStack', 'fixer', namespace, {
      displayName: 'Fixer (scripted)',
      baseAgent: 'scripted',
      adapter: 'scripted',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      toolProfileRef: 'careful',
      runnerPool: 'local',
    }),
  ]);
  await ada.kubectl('wait', '--for=condition=Ready', 'agentstack/fixer', '-n', namespace, '--timeout=30s');
  await ada.git(checkout, 'commit', '-q', '--allow-empty', '-m', 'past the review');
  await assert.rejects(ada.git(checkout, 'push', '-q', cloneUrl, 'main'), /pull request/i);

  step('the agent is dispatched and parks on an approval');
  const dispatched = JSON.parse(
    await ada.krate(
      'dispatch',
      '--org',
      org,
      '--repository',
      repository,
      '--stack',
      'fixer',
      '--task',
      'Make the test pass.',
      '--json',
    ),
  );
  const runName = dispatched.metadata.name;
  const run = () => ada.get('agentdispatchrun', runName, namespace);
  const pendingApproval = action =>
    until(
      `a pending ${action} approval`,
      async () => {
        const { status } = await run();
        assert.ok(
          !['Failed', 'Cancelled'].includes(status?.phase),
          `the run ended: ${JSON.stringify(status)}`,
        );
        const approvals = await ada.list('agentapprovals', namespace);
        return approvals.find(
          a => a.spec.dispatchRun === runName && a.spec.action === action && a.status?.phase === 'Pending',
        );
      },
      { seconds: 90 },
    );
  const question = await pendingApproval('tool-use');
  assert.match(question.spec.actionDetail.target, /node test\.js/);

  step('kill -9, and start again');
  await machine.killKrate();
  await machine.startKrate(server);
  assert.equal(
    (await pendingApproval('tool-use')).metadata.uid,
    question.metadata.uid,
    'the question survived',
  );

  step('the second person approves the command');
  await bob.krate('approve', question.metadata.name, '--org', org, '--comment', 'The test may run.');

  step('the second person approves the write-back, with kubectl');
  const writeBack = await pendingApproval('write-back');
  await bob.kubectl(
    'patch',
    'agentapproval',
    writeBack.metadata.name,
    '-n',
    namespace,
    '--type=merge',
    '-p',
    '{"spec":{"decision":"approve"}}',
  );
  const finished = await until('the run to complete', async () => {
    const { status } = await run();
    assert.notEqual(status.phase, 'Failed', JSON.stringify(status.lastError));
    return status.phase === 'Completed' && status;
  });
  assert.match(
    await ada.krate('logs', runName, '--org', org),
    /all is well/,
    'the transcript has the output of the command',
  );

  step(`pull request ${finished.pullRequest} is checked, reviewed and merged`);
  const pullRequest = () => ada.get('pullrequest', finished.pullRequest, namespace);
  await until('its check to pass', async () =>
    (await pullRequest()).status?.checks?.some(
      check => check.context === 'test/test' && check.state === 'Succeeded',
    ),
  );
  assert.equal((await pullRequest()).status.mergeable, false, 'not mergeable before its review');
  await bob.apply(
    krate('Review', word('review-'), namespace, { pullRequest: finished.pullRequest, decision: 'approved' }),
  );
  await until('it to be mergeable', async () => (await pullRequest()).status.mergeable);
  await bob.krate('merge', finished.pullRequest, '--org', org);
  const merged = await until('the merge', async () => {
    const { status } = await pullRequest();
    return status.phase === 'Merged' && status;
  });
  assert.equal(merged.mergedBy, bob.name);

  step('the test passes in a fresh clone, and nothing happened twice');
  const clone = join(machine.home, 'clone');
  await ada.git(machine.home, 'clone', '-q', cloneUrl, clone);
  assert.match(await machine.exec('node', ['test.js'], { cwd: clone }), /all is well/);
  const log = await machine.exec('git', ['log', '--format=%H %an %s', '--no-merges'], { cwd: clone });
  assert.equal(log.trim().split('\n').length, 2, log);
  assert.equal((await ada.list('pullrequests', namespace)).length, 1);
  assert.equal((await ada.list('agentdispatchattempts', namespace)).length, 1);
  const decided = await ada.get('agentapproval', question.metadata.name, namespace);
  assert.equal(decided.spec.decidedBy, bob.name);

  step('done');
}
