/**
 * Two backends on one PostgreSQL, from outside: they see each other's writes, one of them acts, the other takes over while it is
 * frozen, the frozen one changes nothing when it thaws, and an orderly stop hands over at once. Names are drawn at random.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../packages/test-postgres/src/postgresForTests.ts';
import { freePort, Machine, until } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const started = Date.now();
const step = text => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const word = prefix => `${prefix}${randomBytes(3).toString('hex')}`;

const postgres = await startPostgres();
const [first, second] = [new Machine(root), new Machine(root)];
try {
  await story();
  console.log('\n1 passed, 0 failed');
} catch (error) {
  for (const machine of [first, second]) console.log(`\na backend said:\n${machine.output.slice(-4000)}`);
  throw error;
} finally {
  for (const machine of [first, second]) {
    signal(machine, 'SIGCONT');
    await machine.close();
  }
  await postgres.dispose();
}

async function story() {
  const shared = { databaseUrl: postgres.url, dataDirectory: join(first.home, 'data') };
  const ports = [await freePort(), await freePort()];
  const apiPorts = [await freePort(), await freePort()];
  step('start one backend, then another on the same database');
  await first.startKrate({ ...shared, port: ports[0], apiPort: apiPorts[0] });
  const link = first.output.match(/http\S+#sign-in=\S+/)[0];
  await second.startKrate({ ...shared, port: ports[1], apiPort: apiPorts[1] });

  step('the administrator signs in at one and is known at the other');
  const ada = new Person(first, 'admin', { root, url: `http://127.0.0.1:${ports[0]}` });
  await ada.signIn(link);
  const token = (
    await ada.kubectl('config', 'view', '--raw', '-o', 'jsonpath={.users[0].user.token}')
  ).trim();
  const at = (index, ...args) => ada.kubectl('-s', `https://127.0.0.1:${apiPorts[index]}`, ...args);
  const acts = async index => {
    const response = await fetch(`http://127.0.0.1:${ports[index]}/api/krate/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(response.status, 200);
    return /^krate_controllers_active 1$/m.test(await response.text());
  };
  assert.deepEqual([await acts(0), await acts(1)], [true, false]);

  const organization = name => ({
    apiVersion: 'krate.a5c.ai/v1alpha1',
    kind: 'Organization',
    metadata: { name, namespace: 'krate-system' },
    spec: { displayName: name },
  });
  const create = (index, name) =>
    at(index, 'create', '-f', first.write(`${name}.json`, JSON.stringify(organization(name))));
  const ready = (index, name, timeout) =>
    at(
      index,
      'wait',
      '--for=condition=Ready',
      `organization/${name}`,
      '-n',
      'krate-system',
      `--timeout=${timeout}s`,
    );

  step('what is written at the one that stands by is reconciled by the other');
  const [one, two, three] = [word('org-'), word('org-'), word('org-')];
  await create(1, one);
  await ready(1, one, 30);

  step('the one that acts freezes for longer than its lease; the other takes over');
  signal(first, 'SIGSTOP');
  await create(1, two);
  await ready(1, two, 60);
  assert.equal(await acts(1), true);

  step('it thaws, and changes nothing');
  const before = await at(1, 'get', 'organizations,namespaces', '-A', '-o', 'json');
  signal(first, 'SIGCONT');
  await until('the thawed backend to stand by', async () => !(await acts(0)), { seconds: 30 });
  await new Promise(resolve => setTimeout(resolve, 2000));
  const versions = text =>
    JSON.parse(text).items.map(
      ({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`,
    );
  assert.deepEqual(
    versions(await at(0, 'get', 'organizations,namespaces', '-A', '-o', 'json')),
    versions(before),
  );
  assert.deepEqual([await acts(0), await acts(1)], [false, true]);

  step('the one that acts is stopped in order; the other acts at once');
  await second.close();
  await create(0, three);
  await ready(0, three, 8);
  assert.equal(await acts(0), true);
  step('done');
}

function signal({ server }, name) {
  if (server && server.exitCode === null && server.signalCode === null) process.kill(-server.pid, name);
}
