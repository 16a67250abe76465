/**
 * A backup is made while people work, and restored onto hosts that have nothing: one with SQLite, one with PostgreSQL. Every list
 * is the same to the byte, every branch finds its commits, credentials still count, and no revision is given out twice.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgresPrograms, startPostgres } from '../../packages/test-postgres/src/postgresForTests.ts';
import { freePort, Machine, until } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const started = Date.now();
const step = text => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const word = prefix => `${prefix}${randomBytes(3).toString('hex')}`;
const namespace = 'krate-org-acme';

const machines = [];
const newMachine = () => machines[machines.push(new Machine(root)) - 1];
let postgres;
try {
  await story();
  console.log('\n1 passed, 0 failed');
} catch (error) {
  for (const machine of machines) console.log(`\na backend said:\n${machine.output.slice(-4000)}`);
  throw error;
} finally {
  for (const machine of machines) await machine.close();
  await postgres?.dispose();
}

async function story() {
  const first = newMachine();
  const ports = { port: await freePort(), apiPort: await freePort() };
  step('start with the example, sign in, work');
  const own = { ...ports, dataDirectory: join(first.home, 'data'), examples: 'hello-agent' };
  await first.startKrate(own);
  const url = `http://127.0.0.1:${ports.port}`;
  const ada = new Person(first, 'admin', { root, url });
  await ada.signIn(first.output.match(/http\S+#sign-in=\S+/)[0]);
  await until('the example', () =>
    ada.kubectl('wait', '--for=condition=Ready', 'repository/till', '-n', namespace, '--timeout=1s'),
  );
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key', namespace },
    stringData: { a: 'b' },
  };
  await ada.apply(secret);
  const clone = join(first.home, 'till');
  await ada.git(first.home, 'clone', '--quiet', `${url}/git/acme/till.git`, clone);
  const run = JSON.parse(
    await ada.krate('--org', 'acme', '--json', 'dispatch', '--repository', 'till', '--stack', 'fixer'),
  ).metadata.name;
  const phaseOf = async () => (await ada.get('agentdispatchrun', run, namespace)).status?.phase;
  await until('the agent to work', async () => !/Pending|Queued|undefined/.test(await phaseOf()));

  step('a backup while teams are made and branches pushed');
  const archive = join(first.home, 'busy.tar.gz');
  const work = keepWorking(ada, clone);
  await until('some work', () => work.done() > 2);
  await ada.krate('backup', archive);
  const newest = await work.stop();
  assert.equal(statSync(archive).mode & 0o777, 0o600);

  step('and one when all is quiet');
  await ada.krate('--org', 'acme', 'cancel', run);
  await until('the run to end', async () => /Cancelled|Failed|Succeeded/.test(await phaseOf()));
  // What any start changes, such as an address that is known now, must not be taken for a difference.
  await first.stopKrate();
  await first.startKrate(own);
  const before = await quiet(ada);
  const calm = join(first.home, 'calm.tar.gz');
  await ada.krate('backup', calm);
  assert.deepEqual(readdirSync(join(first.home, 'data', 'backups')), []);
  const branches = await branchesOf(join(first.home, 'data'));
  // What the lost server gives out after the backup must never come again.
  await ada.apply(team(word('lost-')));
  const lost = Math.max(newest, await revisionOf(ada));
  await first.stopKrate();

  step('the quiet one, on a host that has nothing: every list is the same');
  await assert.rejects(ada.krate('restore', calm, '--data', first.home), /is not empty/);
  const second = await restore(calm, ports, first);
  assertSame(before, await everything(ada));
  assert.equal(await branchesOf(second.dataDirectory), branches);
  assert.match(await ada.krate('audit', 'verify'), /^\d+:[0-9a-f]{64}/);
  await goesOnAbove(ada, lost);
  await pushes(ada, clone, word('after-'));
  await second.stopKrate();

  postgres = findPostgresPrograms().type === 'none' ? undefined : await startPostgres();
  step(
    `the busy one, on ${postgres ? 'PostgreSQL' : 'SQLite'}: every branch finds its commits, and work goes on`,
  );
  const third = await restore(archive, ports, first, postgres?.url);
  await goesOnAbove(ada, lost);
  const pullable = await ada.git(first.home, 'ls-remote', '--heads', `${url}/git/acme/till.git`);
  assert.ok(pullable.includes('refs/heads/main'));
  await pushes(ada, clone, word('after-'));
  await until('the run to be called lost with its host', async () =>
    /Failed|Cancelled/.test(await phaseOf()),
  );
  await third.stopKrate();
  step('done');

  /** Unpacks with the command and starts at the same address, so that credentials stay as they were. */
  async function restore(file, at, { home }, databaseUrl) {
    const machine = newMachine();
    machine.dataDirectory = join(machine.home, 'data');
    await new Person(machine, 'nobody', { root, url }).krate(
      'restore',
      file,
      '--data',
      machine.dataDirectory,
    );
    await machine.startKrate({ ...at, dataDirectory: machine.dataDirectory, databaseUrl });
    assert.ok(home && !existsSync(join(machine.dataDirectory, 'restore')));
    return machine;
  }
}

function team(name) {
  return {
    apiVersion: 'krate.a5c.ai/v1alpha1',
    kind: 'Team',
    metadata: { name, namespace },
    spec: { displayName: name },
  };
}

/** Makes teams and pushes branches until it is told to stop; answers the newest revision it was given. */
function keepWorking(person, clone) {
  let [stopping, count, newest] = [false, 0, 0];
  const working = (async () => {
    while (!stopping) {
      await person.apply(team(word('team-')));
      await pushes(person, clone, word('branch-'));
      count += 1;
    }
    newest = await revisionOf(person);
  })();
  return {
    done: () => count,
    stop: async () => {
      stopping = true;
      await working;
      return newest;
    },
  };
}

async function pushes(person, clone, branch) {
  await person.git(clone, 'commit', '--quiet', '--allow-empty', '-m', branch);
  await person.git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
}

/** Everything kubectl can list, as it is written. */
async function everything(person) {
  const names = (await person.kubectl('api-resources', '--verbs=list', '-o', 'name'))
    .trim()
    .split('\n')
    .sort();
  const answer = JSON.parse(await person.kubectl('get', names.join(','), '-A', '-o', 'json'));
  return answer.items.map(item => JSON.stringify(item));
}

/** Shows the objects that differ, and not hundreds that do not. */
function assertSame(before, after) {
  const [gone, came] = [
    before.filter(text => !after.includes(text)),
    after.filter(text => !before.includes(text)),
  ];
  assert.deepEqual(came, gone);
  assert.deepEqual(after, before);
}

/** The same, once controllers have nothing left to do. */
async function quiet(person) {
  let last;
  return until(
    'controllers to come to rest',
    async () => {
      const now = await everything(person);
      const same = JSON.stringify(now) === JSON.stringify(last);
      last = now;
      return same && now;
    },
    { seconds: 120, everyMs: 3000 },
  );
}

async function revisionOf(person) {
  const list = await person.kubectl('get', '--raw', '/apis/krate.a5c.ai/v1alpha1/teams');
  return Number(JSON.parse(list).metadata.resourceVersion);
}

async function goesOnAbove(person, revision) {
  const name = word('new-');
  await person.apply(team(name));
  const { metadata } = await person.get('team', name, namespace);
  assert.ok(Number(metadata.resourceVersion) > revision, `${metadata.resourceVersion} > ${revision}`);
  const old = person.kubectl(
    'get',
    '--raw',
    `/apis/krate.a5c.ai/v1alpha1/teams?watch=true&resourceVersion=${revision}`,
  );
  await assert.rejects(
    old.then(text => assert.doesNotMatch(text, /"code":410/)),
    /410|too old|Expired|no longer retained/i,
  );
}

/** Branch and commit of every repository. */
async function branchesOf(dataDirectory) {
  const git = new Machine(root);
  machines.push(git);
  const till = join(dataDirectory, 'git', namespace, 'till.git');
  await git.exec('git', ['--git-dir', till, 'fsck', '--no-dangling']);
  return git.exec('git', ['--git-dir', till, 'for-each-ref', '--format=%(refname) %(objectname)']);
}
