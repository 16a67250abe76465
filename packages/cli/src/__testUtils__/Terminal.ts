import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PACKAGE = dirname(require.resolve('../../package.json'));

/** What a command left behind. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A command that runs. */
export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Waits until standard output or error has this. */
  says(text: string): Promise<void>;
}

/** Runs the real command, as a process of its own, with a home folder that goes with the test. */
export class Terminal {
  readonly home = mkdtempSync(join(tmpdir(), 'krate-cli-'));
  readonly configuration = join(this.home, 'config.json');

  close(): void {
    rmSync(this.home, { recursive: true });
  }

  /** Writes a file below the home folder and answers its path. */
  write(name: string, content: string): string {
    const path = join(this.home, name);
    writeFileSync(path, content);
    return path;
  }

  signIn(server: string, organization?: string, token = 'good'): void {
    this.write('config.json', JSON.stringify({ server, token, user: 'ada', organization }));
  }

  async krate(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  start(
    args: string[],
    { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {},
  ): Started {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [join(PACKAGE, 'bin/krate.js'), ...args], {
      cwd: this.home,
      env: { PATH, HOME: this.home, KRATE_CONFIG: this.configuration, ...env },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', data => (said.out += data));
    child.stderr.on('data', data => (said.err += data));
    child.stdin.end(stdin);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code, ...said }));
    });
    const says = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => `${said.out}${said.err}`.includes(text) && resolve();
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('close', () =>
          reject(new Error(`krate ended without saying "${text}":\n${said.out}${said.err}`)),
        );
        look();
      });
    return { child, ended, says };
  }
}
