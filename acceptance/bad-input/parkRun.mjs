/** A run that waits for an approval: what everybody may not decide needs something to be decided. */
import { until } from '../main-job/Machine.mjs';
import { object } from './objects.mjs';

export const SCRIPT = {
  path: '.krate/ask.json',
  content: JSON.stringify({ steps: [{ run: 'true', ask: true }] }),
};

export async function parkRun(admin, { org, namespace, repository }) {
  const make = (kind, name, spec) => object(kind, name, namespace, spec);
  await admin.apply([
    make('RunnerPool', 'local', { warmReplicas: 0, maxReplicas: 1, trustTier: 'trusted' }),
    make('AgentAdapter', 'scripted', {
      adapterType: 'subprocess',
      transport: 'stdio',
      command: ['krate:scripted-agent', SCRIPT.path],
      trusted: true,
    }),
    make('AgentToolProfile', 'careful', {
      filesystemPolicy: 'workspace-write',
      approvalPolicyByTool: { read: 'allow', '*': 'prompt' },
    }),
    make('AgentServiceAccount', 'fixer', { serviceAccountName: 'fixer', allowedRepositories: [repository] }),
    make('AgentRoleBinding', 'fixer-repairs', {
      subject: { kind: 'AgentServiceAccount', name: 'fixer' },
      scope: { kind: 'repository', name: repository },
      roleRef: { name: 'krate-agent-repository-repair' },
    }),
    make('AgentStack', 'fixer', {
      ...{ displayName: 'Fixer', baseAgent: 'scripted', adapter: 'scripted' },
      ...{ runtimeIdentity: { serviceAccountRef: 'fixer' }, toolProfileRef: 'careful', runnerPool: 'local' },
    }),
  ]);
  await admin.kubectl('wait', '--for=condition=Ready', 'agentstack/fixer', '-n', namespace, '--timeout=60s');
  const run = (
    await admin.krate(
      'dispatch',
      '--org',
      org,
      '--repository',
      repository,
      '--stack',
      'fixer',
      '--task',
      'Ask.',
    )
  ).trim();
  const approval = await until('the run to ask', async () => {
    const found = (await admin.list('agentapprovals', namespace)).find(
      ({ status }) => status?.phase === 'Pending',
    );
    return found?.metadata.name;
  });
  return { run, approval };
}

/** The agent lives in a process of its own, which the end of the backend would leave behind. */
export async function endRun(admin, { org, namespace }, run) {
  await admin.krate('cancel', run, '--org', org);
  await until(
    'the run to be cancelled',
    async () => (await admin.get('agentdispatchrun', run, namespace)).status?.phase === 'Cancelled',
  );
}
