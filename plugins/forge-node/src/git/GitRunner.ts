import { ChildProcess, spawn, StdioOptions } from 'node:child_process';
import { GitError } from './GitError';

export interface GitOptions {
  /** The repository: a bare repository or a `.git` directory. */
  gitDir?: string;
  cwd?: string;
  /** Added to the scrubbed environment. */
  env?: Record<string, string>;
  /** Where hooks are looked for; by default nowhere. `repository` leaves it to the repository's own configuration. */
  hooks?: 'none' | 'repository';
  /** `-c name=value` settings. */
  config?: Record<string, string>;
}

export interface GitRunOptions extends GitOptions {
  input?: string | Buffer;
  /** Milliseconds until the process is killed. Default 60 000. */
  timeoutMs?: number;
  /** Bytes of output kept. More is an error, or is cut off with `truncate`. Default 64 MiB. */
  maxBytes?: number;
  /** Cut the output at `maxBytes` instead of failing. */
  truncate?: boolean;
  /** Exit codes that are answers and not failures. Default only 0. */
  okCodes?: readonly number[];
  signal?: AbortSignal;
}

export interface GitResult {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
  truncated: boolean;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MAX_STDERR = 16 * 1024;

/** Collects output up to a limit. */
class Output {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  truncated = false;

  constructor(private readonly limit: number) {}

  /** False once the limit is reached. */
  add(chunk: Buffer): boolean {
    if (this.truncated) return false;
    const room = this.limit - this.size;
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.size += Math.min(chunk.length, room);
    this.truncated = chunk.length > room;
    return !this.truncated;
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/**
 * The only way Krate starts git: the system's git, arguments as an array, no shell, no configuration but the
 * repository's own, an environment of known variables, a time limit, no hooks unless asked for.
 */
export class GitRunner {
  constructor(private readonly executable = 'git') {}

  /** Runs git to its end. Throws {@link GitError} on any exit code that is not in `okCodes`. */
  run(args: readonly string[], options: GitRunOptions = {}): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      const child = this.spawn(args, options, ['pipe', 'pipe', 'pipe']);
      const output = new Output(options.maxBytes ?? DEFAULT_MAX_BYTES);
      let stderr = '';
      let failure: GitError | undefined;
      const stop = (error?: GitError) => {
        failure ??= error;
        child.kill('SIGKILL');
      };
      const timer = setTimeout(
        () => stop(new GitError('timed-out', `git ${args[0]} took too long`, { args })),
        options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      );
      const onAbort = () => stop(new GitError('aborted', `git ${args[0]} was aborted`, { args }));
      options.signal?.addEventListener('abort', onAbort, { once: true });
      if (options.signal?.aborted) onAbort();

      child.stdout!.on('data', (chunk: Buffer) => {
        if (output.add(chunk)) return;
        stop(
          options.truncate
            ? undefined
            : new GitError('output-too-large', `git ${args[0]} gave too much output`, { args }),
        );
      });
      child.stderr!.on('data', (chunk: Buffer) => {
        if (stderr.length < MAX_STDERR) stderr += chunk.toString('utf8');
      });
      // git may exit before it read all input; the exit code tells what matters.
      child.stdin!.on('error', () => {});
      child.stdin!.end(options.input ?? '');
      child.on('error', error => {
        failure ??= new GitError('not-found', `git could not be started: ${error.message}`, { args });
      });
      child.on('close', exitCode => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
        if (failure) return reject(failure);
        if (output.truncated)
          return resolve({ stdout: output.bytes(), stderr, exitCode: 0, truncated: true });
        if (exitCode === null || !(options.okCodes ?? [0]).includes(exitCode)) {
          return reject(
            new GitError('failed', `git ${args[0]} failed: ${stderr.trim().slice(0, 500)}`, {
              args,
              exitCode,
              stderr,
            }),
          );
        }
        return resolve({ stdout: output.bytes(), stderr, exitCode, truncated: false });
      });
    });
  }

  /** As {@link run}; answers the output as text without its final newline. */
  async text(args: readonly string[], options: GitRunOptions = {}): Promise<string> {
    return (await this.run(args, options)).stdout.toString('utf8').replace(/\n$/, '');
  }

  /** Starts git and hands the process over: for streams. The caller ends it. */
  spawn(args: readonly string[], options: GitOptions = {}, stdio: StdioOptions = 'pipe'): ChildProcess {
    const settings: Record<string, string> = {
      'safe.directory': '*',
      'core.fsmonitor': 'false',
      ...options.config,
    };
    if ((options.hooks ?? 'none') === 'none') settings['core.hooksPath'] = '/dev/null';
    const configArgs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const dirArgs = options.gitDir ? [`--git-dir=${options.gitDir}`] : [];
    return spawn(this.executable, [...dirArgs, ...configArgs, ...args], {
      cwd: options.cwd ?? options.gitDir,
      env: { ...baseEnvironment(), ...options.env },
      stdio,
      shell: false,
      windowsHide: true,
    });
  }
}

function baseEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: '/nonexistent',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}
