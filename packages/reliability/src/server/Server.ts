import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Collection } from '../workload/Collection';
import { HttpSubject } from '../workload/HttpSubject';
import { ServerSettings } from './ServerSettings';

/** How long a start may take; a busy machine is slow. */
const START_MS = 60_000;
const KEPT_OUTPUT = 20_000;

/** One process of the control plane, which a test starts, kills, freezes and starts again. Its port stays. */
export class Server {
  /** What it said on standard error, the newest part. */
  output = '';
  private child?: ChildProcess;
  private token = '';

  constructor(private readonly settings: ServerSettings) {}

  get url(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its items, as the administrator sees them. */
  get subject(): HttpSubject {
    return new HttpSubject(this.collection('Item'));
  }

  collection(kind: 'Item' | 'Errand'): Collection {
    const path = `/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/krate-system/${kind.toLowerCase()}s`;
    return new Collection({ url: this.url, token: this.token, path, kind });
  }

  /**
   * Resolves when it answers. `changes` hold for this start only.
   *
   * @param before - a program and its arguments that start it, `strace` for example
   */
  async start(changes: Partial<ServerSettings> = {}, before: readonly string[] = []): Promise<void> {
    if (!(await this.tryStart(changes, before)))
      throw new Error(`${this.settings.name} did not start:\n${this.output}`);
  }

  /** Whether it answers; a crash point may come before that. */
  async tryStart(changes: Partial<ServerSettings> = {}, before: readonly string[] = []): Promise<boolean> {
    const line = await this.firstLine({ ...this.settings, ...changes }, before);
    if (line !== undefined) this.token ||= JSON.parse(line).token;
    else await this.ended(START_MS);
    return line !== undefined;
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to stop, as an operator does. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Resolves when it has ended by itself. */
  async ended(withinMs: number): Promise<void> {
    if (!this.isRunning) return;
    await once(this.child!, 'exit', { signal: AbortSignal.timeout(withinMs) });
  }

  freeze(): void {
    this.child!.kill('SIGSTOP');
  }

  thaw(): void {
    if (this.isRunning) this.child!.kill('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child!, 'exit');
    this.child!.kill(signal);
    await ended;
  }

  private async firstLine(settings: ServerSettings, before: readonly string[]): Promise<string | undefined> {
    const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
    const program = [
      process.execPath,
      '--require',
      transform,
      resolvePackagePath('@krate/reliability', 'src/server/serve.ts'),
    ];
    const [file, ...args] = [...before, ...program, JSON.stringify(settings)];
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
    });
    this.child = child;
    child.stderr.on('data', data => {
      this.output = `${this.output}${data}`.slice(-KEPT_OUTPUT);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
    try {
      const lines = createInterface({ input: child.stdout });
      return await new Promise(resolve => {
        lines.once('line', resolve);
        lines.once('close', () => resolve(undefined));
      });
    } finally {
      clearTimeout(timer);
    }
  }
}
