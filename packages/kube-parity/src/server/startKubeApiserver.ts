import { ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { openSync, closeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeClient } from '../client/KubeClient';

/** A real API server with an empty store, on loopback. */
export interface KubeApiserver {
  /** Signed in as `system:masters`. */
  client: KubeClient;
  /** Starts the controller manager: garbage collection, namespaces. It finds kinds made later within 30 seconds. */
  startControllers(): void;
  /** Compacts etcd at its present revision. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

const START_SECONDS = 90;

/**
 * Starts etcd and a real kube-apiserver on free ports of loopback, with their data in a temporary folder.
 *
 * @param programs - the folder that has both
 * @throws Error with the end of the server's log when it does not come up
 */
export async function startKubeApiserver(programs: string): Promise<KubeApiserver> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-apiserver-'));
  const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const token = randomBytes(16).toString('hex');
  await writeKeys(folder, token);
  const etcd = run(join(programs, 'etcd'), etcdArguments(folder, client, peer), join(folder, 'etcd.log'));
  const api = run(
    join(programs, 'kube-apiserver'),
    apiserverArguments(folder, client, port),
    join(folder, 'apiserver.log'),
  );
  const address = `https://127.0.0.1:${port}`;
  let manager: ChildProcess | undefined;
  const startControllers = () => {
    manager = run(
      join(programs, 'kube-controller-manager'),
      managerArguments(folder),
      join(folder, 'manager.log'),
    );
  };
  const stop = async () => {
    if (manager) await end(manager);
    await end(api);
    await end(etcd);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const ready = await whenReady(folder, address, token, api);
    await writeKubeconfig(folder, address, token);
    return { client: ready, startControllers, forget: () => compactEtcd(`http://127.0.0.1:${client}`), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeKeys(folder: string, token: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await mkdir(join(folder, 'certs'));
  await writeFile(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
  await writeFile(join(folder, 'sa.pub'), publicKey);
  await writeFile(join(folder, 'tokens.csv'), `${token},admin,admin-uid,"system:masters"\n`, { mode: 0o600 });
}

function etcdArguments(folder: string, client: number, peer: number): string[] {
  const url = `http://127.0.0.1:${client}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ];
}

function apiserverArguments(folder: string, etcd: number, port: number): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=AlwaysAllow',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--disable-admission-plugins=ServiceAccount',
    '--profiling=false',
  ];
}

function managerArguments(folder: string): string[] {
  return [
    `--kubeconfig=${join(folder, 'kubeconfig.json')}`,
    '--controllers=garbagecollector,namespace',
    '--leader-elect=false',
    '--port=0',
    '--secure-port=0',
    '--use-service-account-credentials=false',
  ];
}

/** JSON is YAML. */
async function writeKubeconfig(folder: string, server: string, token: string): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'real',
    clusters: [
      { name: 'real', cluster: { server, 'certificate-authority': join(folder, 'certs/apiserver.crt') } },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'admin' } }],
  };
  await writeFile(join(folder, 'kubeconfig.json'), JSON.stringify(config), { mode: 0o600 });
}

/** By the JSON gateway of etcd, which answers every read with its present revision. */
async function compactEtcd(url: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`etcd answers ${answer.status} to ${path}: ${await answer.text()}`);
    return (await answer.json()) as { header: { revision: string } };
  };
  const { header } = await post('range', { key: Buffer.from('any').toString('base64') });
  await post('compaction', { revision: header.revision, physical: true });
}

function run(program: string, args: string[], logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => {}); // told by whenReady: the server never comes up
  return child;
}

async function whenReady(
  folder: string,
  address: string,
  token: string,
  api: ChildProcess,
): Promise<KubeClient> {
  const deadline = Date.now() + START_SECONDS * 1000;
  const certificate = join(folder, 'certs/apiserver.crt');
  while (Date.now() < deadline && api.exitCode === null) {
    const ca = await readFile(certificate, 'utf8').catch(() => undefined);
    const client = new KubeClient({ url: address, ca, token });
    const ready = ca && (await client.request('GET', '/readyz').catch(() => undefined));
    if (ready && ready.status === 200) return client;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  const log = await readFile(join(folder, 'apiserver.log'), 'utf8').catch(() => 'no log');
  throw new Error(`kube-apiserver did not come up:\n${log.split('\n').slice(-15).join('\n')}`);
}

/** Ends a process and waits until it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(hard);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
