import { ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveTls, startApi, TestApi } from './startApi';

const KUBECTL = '/usr/bin/kubectl';
const isInstalled = existsSync(KUBECTL);
if (!isInstalled && process.env.KRATE_TEST_REQUIRE === 'all')
  throw new Error(`${KUBECTL} is required and not installed`);

/** `describe` where there is a kubectl; without the real program there is nothing to prove. */
export const withKubectl = isInstalled ? describe : describe.skip;

/** @param about - what the suite is about; skipped ones say why */
export const kubectlTitle = (about: string) => (isInstalled ? about : `${about} (skipped: no ${KUBECTL})`);

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The real kubectl, signed in as alice to an API of its own, in the namespace `team-a`. */
export interface TestKubectl {
  test: TestApi;
  /** @param input - what it reads from its standard input */
  kubectl(args: string[], input?: object | string): Promise<Ran>;
  /** Its output; throws what it said when it did not end well. */
  ok(args: string[], input?: object | string): Promise<string>;
  /** Runs it without waiting for its end. */
  spawn(args: string[], more?: NodeJS.ProcessEnv): ChildProcess;
  /** A folder of its own. */
  home: string;
  stop(): Promise<void>;
}

export async function startKubectl(): Promise<TestKubectl> {
  const test = await startApi();
  const { server, port, certificate } = await serveTls(test.app);
  const home = await mkdtemp(join(tmpdir(), 'kubectl-'));
  const config = join(home, 'config');
  await writeFile(config, JSON.stringify(kubeconfig(port, certificate)), { mode: 0o600 });
  const env = { PATH: process.env.PATH, HOME: home, KUBECONFIG: config } as NodeJS.ProcessEnv;

  const kubectl = (args: string[], input?: object | string) =>
    new Promise<Ran>(resolve => {
      const child = execFile(KUBECTL, args, { env, timeout: 60_000 }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
      child.stdin?.end(typeof input === 'string' ? input : JSON.stringify(input ?? ''));
    });
  return {
    test,
    kubectl,
    ok: async (args, input) => {
      const { code, out, err } = await kubectl(args, input);
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}:\n${err}${out}`);
      return out;
    },
    home,
    spawn: (args, more) => spawn(KUBECTL, args, { env: { ...env, ...more } }),
    stop: async () => {
      test.api.closeWatches();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await test.stop();
      await rm(home, { recursive: true });
    },
  };
}

function kubeconfig(port: number, certificate: string): object {
  const cluster = {
    server: `https://127.0.0.1:${port}/mounted`,
    'certificate-authority-data': Buffer.from(certificate).toString('base64'),
  };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token: 'alice' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace: 'team-a' } }],
  };
}
