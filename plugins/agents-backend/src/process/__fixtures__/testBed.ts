/* eslint-disable jest/valid-title, jest/valid-describe-callback, jest/expect-expect, jest/no-disabled-tests -- this file makes the describe functions the tests use */
/* eslint-disable no-restricted-syntax -- fixtures exist in sources only */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AgentProcess } from '../AgentProcess';
import { BUBBLEWRAP_ISOLATION, NO_ISOLATION, UID_ISOLATION, type Isolation } from '../Isolation';
import type { ExitEvent, JournalRecord } from '../journal';
import type { AgentLaunch } from '../launchShim';
import { isRoot } from '../privileges';
import { listProcesses } from '../procfs';
import { Sandbox } from '../Sandbox';
import type { SandboxPlan, SandboxSpec } from '../SandboxSpec';
import { UidPool } from '../UidPool';

/** A run of a test: its data directory is private to the backend, as in production. */
export interface TestRun {
  agent: AgentProcess;
  plan: SandboxPlan;
  uid?: number;
  workspace: string;
}

type RunOptions = Partial<Omit<SandboxSpec, 'command'>> &
  Partial<Omit<AgentLaunch, 'plan'>> & { command: string[] };

/** Real directories, real user ids, real processes; `close` destroys what a test left. */
export class TestBed {
  readonly data: string;
  private readonly uids: UidPool;
  private readonly runs: TestRun[] = [];
  private count = 0;

  /** The isolation under test, the real one or a weaker one on purpose; and a directory for the data directory. */
  constructor(
    readonly isolation: Isolation,
    above = '/tmp',
  ) {
    this.data = mkdtempSync(path.join(above, 'krate-process-'));
    const first = 260_000 + (process.pid % 1000) * 20;
    this.uids = new UidPool(path.join(this.data, 'uids'), { first, size: 20 });
  }

  async plan(
    options: RunOptions,
  ): Promise<{ runId: string; plan: SandboxPlan; uid?: number; workspace: string }> {
    const runId = options.runId ?? `run-${process.pid}-${++this.count}`;
    const uid = isRoot() ? await this.uids.acquire(runId) : undefined;
    const workspace = path.join(this.data, 'workspaces', runId);
    await mkdir(workspace, { recursive: true, mode: 0o700 });
    const sandbox = new Sandbox({
      isolation: this.isolation,
      trusted: true,
      workspace: { path: workspace },
      stateDirectory: path.join(this.data, 'runs', runId),
      dataDirectory: this.data,
      uid,
      readOnlyPaths: [path.dirname(process.execPath), __dirname, path.resolve(__dirname, '../../../bin')],
      ...options,
    });
    return { runId, plan: await sandbox.prepare(), uid, workspace };
  }

  async run(options: RunOptions): Promise<TestRun> {
    const { runId, plan, uid, workspace } = await this.plan(options);
    const agent = await AgentProcess.launch({
      deadlineAt: Date.now() + 30_000,
      graceMs: 300,
      ...options,
      runId,
      runDirectory: path.join(this.data, 'runs', runId),
      plan,
    });
    const run = { agent, plan, uid, workspace };
    this.runs.push(run);
    return run;
  }

  async close() {
    for (const { agent } of this.runs) await agent.destroy();
    await rm(this.data, { recursive: true, force: true });
  }
}

/** A fixture program's command line, with a marker that finds its processes. */
export function fixture(name: string, ...args: string[]): string[] {
  return [process.execPath, '--no-warnings', path.join(__dirname, name), ...args];
}

/** All records until the run is over. */
export async function collect(agent: AgentProcess): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of agent) records.push(record);
  return records;
}

/** The last record's exit event; a failure shows the journal. */
export function exitOf(records: JournalRecord[]): ExitEvent {
  const last = records.at(-1);
  if (last?.d === 'shim' && last.e.event === 'exit') return last.e;
  throw new Error(`no exit record at the end of ${JSON.stringify(records.slice(-5))}`);
}

/** Lines of one direction. */
export const linesOf = (records: JournalRecord[], direction: 'in' | 'out' | 'err') =>
  records.flatMap(record => (record.d === direction ? [record.l] : []));

const REQUIRE_ALL = process.env.KRATE_TEST_REQUIRE === 'all';

/** A weaker isolation, as a machine without namespaces would have it. */
export const WITHOUT_BUBBLEWRAP: Isolation = {
  ...(isRoot() ? UID_ISOLATION : NO_ISOLATION),
  reason: 'turned off for this test',
};

/** A short look before Jest collects tests; `probeIsolation` is the real one and has its own test. */
const bubblewrapFailure = (() => {
  const drop = isRoot() ? ['setpriv', '--reuid=200000', '--regid=200000', '--clear-groups', '--'] : [];
  const [file, ...args] = [
    ...drop,
    'bwrap',
    '--unshare-all',
    '--unshare-user',
    '--disable-userns',
    '--ro-bind',
    '/',
    '/',
    'true',
  ];
  const { status, stderr, error } = spawnSync(file!, args, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
})();

/** `describe` that needs bubblewrap: skips with the machine's own reason, and fails instead when everything is required. */
export function describeIsolated(name: string, body: (isolation: Isolation) => void) {
  if (bubblewrapFailure === undefined) describe(name, () => body(BUBBLEWRAP_ISOLATION));
  else if (REQUIRE_ALL)
    it(`${name}: bubblewrap is required`, () => Promise.reject(new Error(bubblewrapFailure)));
  else describe.skip(`${name} (skipped: ${bubblewrapFailure})`, () => body(BUBBLEWRAP_ISOLATION));
}

/** `describe` that needs root, with the same rule. */
export function describeAsRoot(name: string, body: () => void) {
  if (isRoot()) describe(name, body);
  else if (REQUIRE_ALL)
    it(`${name}: root is required`, () => Promise.reject(new Error('run the tests as root')));
  else describe.skip(`${name} (skipped: needs root)`, body);
}

/** Pids of living processes whose command line holds the marker. */
export function processesWith(marker: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => cmdline(name).includes(marker))
    .map(Number);
}

function cmdline(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

/** Pids of living processes of a user id. */
export async function processesOf(uid: number | undefined): Promise<number[]> {
  return uid === undefined
    ? []
    : (await listProcesses()).filter(info => info.uid === uid).map(({ pid }) => pid);
}

let marks = 0;
/** Seconds to sleep for that nobody else sleeps: finds the daemons of one test. */
export const uniqueSeconds = () => `${80_000 + (process.pid % 9000)}.${++marks}${Date.now() % 1000}`;
