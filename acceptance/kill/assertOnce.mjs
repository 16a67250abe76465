import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { patiently } from './patience.mjs';
import { ORG, REPOSITORY } from './place.mjs';
import { processesOf } from './processes.mjs';

/** All that was acknowledged is there, each thing once, the repositories are whole, and nothing of the run lives on. */
export async function assertOnce({ machine, ada, api, bob, run, url, server, decisions }) {
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
