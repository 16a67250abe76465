import { readFileSync } from 'node:fs';
import { Person } from '../main-job/Person.mjs';
import { Api } from './Api.mjs';
import { NAMESPACE, ORG, REPOSITORY } from './place.mjs';

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

/** An organization with a repository, a second person who decides, and an agent; answers as whom that person acts. */
export async function settle(ada, api, { root, url, random }) {
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
