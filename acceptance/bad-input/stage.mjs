/**
 * Two organizations side by side, a person for every role, and things that nobody outside may ever hear of. All names are
 * drawn, so that any of them in an answer is a leak and no accident.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, until } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { Exchange } from './Exchange.mjs';
import { GROUP, object } from './objects.mjs';
import { parkRun, SCRIPT } from './parkRun.mjs';

const word = prefix => `${prefix}${randomBytes(4).toString('hex')}`;

const member = (name, namespace, role) => [
  object('User', name, namespace, { displayName: name }),
  object('IdentityMapping', name, namespace, { user: name, provider: 'backstage', subject: name }),
  object('AgentRoleBinding', `${name}-${role}`, namespace, {
    subject: { kind: 'User', name },
    scope: { kind: 'organization' },
    roleRef: { name: role },
  }),
];

const secret = (name, namespace, value) => ({
  ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } },
  stringData: { apiKey: value },
});

/** An organization with everything in it; `names` are what strangers must not hear. */
async function settle(admin, org) {
  const names = {
    org,
    repository: word('vault-'),
    secret: word('safe-'),
    pullRequest: word('change-'),
    protection: word('shield-'),
    content: word('page-'),
    value: word('hush-'),
  };
  const namespace = `krate-org-${org}`;
  await admin.apply(object('Organization', org, 'krate-system', { displayName: `The ${org} company` }));
  await admin.kubectl(
    'wait',
    '--for=condition=Ready',
    `organization/${org}`,
    '-n',
    'krate-system',
    '--timeout=30s',
  );
  await admin.apply([
    object('Repository', names.repository, namespace, {
      initialize: { files: [{ path: 'README.md', content: `${names.content}\n` }, SCRIPT] },
    }),
    object('BranchProtection', names.protection, namespace, { repository: names.repository, refs: ['main'] }),
    secret(names.secret, namespace, names.value),
  ]);
  await admin.kubectl(
    'wait',
    '--for=condition=Ready',
    `repository/${names.repository}`,
    '-n',
    namespace,
    '--timeout=30s',
  );
  await admin.apply(
    object('PullRequest', names.pullRequest, namespace, {
      ...{ repository: names.repository, title: 'A change' },
      ...{ sourceRef: 'topic', targetRef: 'main' },
    }),
  );
  return { ...names, namespace };
}

/** Signs a person in by a link of the administrator's; their token is what the requests send. */
async function signIn(machine, admin, name, server) {
  const person = new Person(machine, name, server);
  const printed = await admin.krate('sign-in-link', name);
  const link = printed.match(/http\S+#sign-in=\S+/)[0];
  await person.signIn(link);
  return { person, link, token: tokenOf(person) };
}

const tokenOf = person => JSON.parse(readFileSync(person.environment.KRATE_CONFIG, 'utf8')).token;

export async function setStage(machine, root) {
  const ports = { port: await freePort(), apiPort: await freePort() };
  // Where agents have users of their own, those have to get to their workspaces.
  chmodSync(machine.home, 0o711);
  await machine.startKrate({ ...ports, dataDirectory: join(machine.home, 'data') });
  const server = { root, url: `http://127.0.0.1:${ports.port}` };
  const admin = new Person(machine, 'admin', server);
  await admin.signIn(machine.output.match(/http\S+#sign-in=\S+/)[0]);

  const home = await settle(admin, word('home-'));
  const away = await settle(admin, word('away-'));
  await admin.apply([
    ...member('ann', home.namespace, 'admin'),
    ...member('max', home.namespace, 'maintainer'),
    ...member('dev', home.namespace, 'developer'),
    ...member('vic', home.namespace, 'viewer'),
    ...member('noa', away.namespace, 'admin'),
  ]);
  const people = { admin: { person: admin, token: tokenOf(admin) } };
  for (const name of ['ann', 'max', 'dev', 'vic', 'noa', 'eve']) {
    people[name] = await signIn(machine, admin, name, server);
  }
  const authority = Buffer.from(
    readFileSync(admin.environment.KUBECONFIG, 'utf8').match(/certificate-authority-data:\s*"?([\w+/=]+)/)[1],
    'base64',
  );
  const parked = await parkRun(admin, home);
  const stage = {
    ...parked,
    machine,
    server,
    people,
    home,
    away,
    exchange: new Exchange({ ...ports, authority }),
  };
  await until(
    'roles to be known',
    async () =>
      (await ask(stage, 'dev', `${GROUP}/namespaces/${home.namespace}/repositories`)).status === 200,
  );
  return stage;
}

/** Somebody's GET, with JSON answered. */
export async function ask({ exchange, people }, by, path, headers = {}) {
  const answer = await exchange.send({
    path,
    headers: { authorization: `Bearer ${people[by].token}`, ...headers },
  });
  return { ...answer, json: parse(answer.text) };
}

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
