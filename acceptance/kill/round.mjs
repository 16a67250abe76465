/**
 * One run from its dispatch to its merge while the backend is killed at a random moment of every phase. Agents and jobs live
 * in processes of their own, so they go on, and whoever starts again has to find them as they are by then.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { Api } from './Api.mjs';
import { assertOnce } from './assertOnce.mjs';
import { Hopeless, patiently } from './patience.mjs';
import { NAMESPACE, REPOSITORY } from './place.mjs';
import { settle } from './settle.mjs';

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

  // What an agent wrote is untrusted until somebody has read it, and so is its check. A job is started once more after its
  // runner was lost, and fails after the second time; so it may start only now, where a single kill hits it.
  await api.create('RunnerPool', 'runnerpools', 'unread', {
    warmReplicas: 0,
    maxReplicas: 2,
    trustTier: 'untrusted',
  });
  await patiently('a job to run', async () =>
    (await api.list('jobs')).some(job => ['Running', 'Succeeded', 'Failed'].includes(job.status?.phase)),
  );
  await killed('after the job began', 2000);
  const pull = () => api.get('pullrequests', status.pullRequest);
  await patiently('its check to pass', async () => {
    const { checks = [] } = (await pull()).status ?? {};
    if (checks.some(check => check.state === 'Failed'))
      throw new Hopeless(`it failed: ${JSON.stringify(checks)}`);
    return checks.some(check => check.state === 'Succeeded');
  });
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
