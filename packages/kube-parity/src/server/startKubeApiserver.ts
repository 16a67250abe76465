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
  const stop = async () => {
    await end(api);
    await end(etcd);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { client: await whenReady(folder, port, token, api), stop };
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

function run(program: string, args: string[], logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => {}); // told by whenReady: the server never comes up
  return child;
}

async function whenReady(
  folder: string,
  port: number,
  token: string,
  api: ChildProcess,
): Promise<KubeClient> {
  const deadline = Date.now() + START_SECONDS * 1000;
  const certificate = join(folder, 'certs/apiserver.crt');
  while (Date.now() < deadline && api.exitCode === null) {
    const ca = await readFile(certificate, 'utf8').catch(() => undefined);
    const client = new KubeClient({ url: `https://127.0.0.1:${port}`, ca, token });
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
