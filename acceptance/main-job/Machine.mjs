/**
 * What a person at a terminal has: processes, files, and the programs kubectl, git, curl and krate. Nothing here, or in
 * the story, imports a package of Krate.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A port nobody listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Polls until `probe` returns something truthy; the last failure is part of the message when it never does. */
export async function until(what, probe, { seconds = 60, everyMs = 250 } = {}) {
  const deadline = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error(`waited ${seconds} s for ${what}${last ? `; last: ${last.message}` : ''}`);
}

export class Machine {
  constructor(root) {
    this.root = root;
    this.home = mkdtempSync(join(tmpdir(), 'krate-story-'));
    this.output = '';
  }

  /** Runs a program to its end; throws with its output when it fails. */
  async exec(program, args, { cwd = this.home, env = {}, input } = {}) {
    const child = run(program, args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: this.home, LANG: 'C.UTF-8', GIT_TERMINAL_PROMPT: '0', ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (input !== undefined) child.child.stdin.end(input);
    try {
      const { stdout } = await child;
      return stdout;
    } catch (error) {
      throw new Error(`${program} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
    }
  }

  write(path, content) {
    const file = join(this.home, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** `npm start`, or another command, in a process group of its own, on ports and a data directory of its own. */
  async startKrate({
    command = ['npm', 'start'],
    port,
    apiPort,
    dataDirectory,
    databaseUrl,
    examples = 'none',
  }) {
    this.output = '';
    this.server = spawn(command[0], command.slice(1), {
      cwd: this.root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(port),
        KRATE_API_PORT: String(apiPort),
        KRATE_DATA_DIR: dataDirectory,
        KRATE_EXAMPLES: examples,
        ...(databaseUrl ? { KRATE_DATABASE_URL: databaseUrl } : {}),
      },
    });
    const collect = chunk => {
      this.output += chunk;
    };
    this.server.stdout.on('data', collect);
    this.server.stderr.on('data', collect);
    const ended = new Promise((_, reject) =>
      this.server.once('exit', code => reject(new Error(`npm start ended with ${code}:\n${this.output}`))),
    );
    ended.catch(() => {});
    await Promise.race([
      ended,
      until(
        'the portal to be ready',
        async () => (await fetch(`http://127.0.0.1:${port}/.backstage/health/v1/readiness`)).ok,
        { seconds: 600 },
      ),
    ]);
  }

  /** Bytes of memory that the largest process of the started group holds: the backend. */
  memoryOfKrate() {
    const rows = execFileSync('ps', ['-eo', 'pgid=,rss='], { encoding: 'utf8' }).trim().split('\n');
    const sizes = rows
      .map(row => row.trim().split(/\s+/).map(Number))
      .filter(([group]) => group === this.server.pid);
    return Math.max(0, ...sizes.map(([, kibibytes]) => kibibytes)) * 1024;
  }

  /** SIGKILL to npm and the backend alike, as a power cut would; agents are in sessions of their own and live on. */
  killKrate() {
    return this.#end('SIGKILL');
  }

  /** An orderly stop; the files stay. */
  stopKrate() {
    return this.#end('SIGTERM');
  }

  async #end(signal) {
    const server = this.server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise(resolve => server.once('exit', resolve));
    process.kill(-server.pid, signal);
    await exited;
  }

  async close() {
    await this.#end('SIGTERM').catch(() => {});
    rmSync(this.home, { recursive: true, force: true });
  }
}
