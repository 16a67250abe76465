import { execFile } from 'node:child_process';
import { lstatSync, readlinkSync } from 'node:fs';
import { chmod, chown, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { OuterNamespace, UnreachablePath } from '@krate/plugin-forge-node';

const run = promisify(execFile);

/** User ids of jobs when the backend is root: one for each job that runs. Jobs die with the backend, so none is held longer. */
const UIDS = { first: 251_000, size: 1000 } as const;
/** Group that may pass through (not list) the directories above a workspace; agent runs carry the same. */
const RUNS_GID = 200_000;
const MEBIBYTE = 1024 ** 2;
const ROOT_LINKS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64'];
const ETC = [
  'ssl',
  'ca-certificates',
  'pki',
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
];

export interface JobSandboxOptions {
  /** Inside bubblewrap; otherwise only another user id, if that. */
  isolated: boolean;
  /** Directory with the checked-out commit. */
  workspace: string;
  /** Directory that is HOME for all steps. */
  home: string;
  /** Of this job alone; only and always when the backend is root. */
  uid?: number;
}

export interface SandboxCommand {
  file: string;
  args: string[];
  /** Of the launcher; the steps get theirs inside. */
  env: Record<string, string>;
  cwd: string;
}

const live = new Set<number>();

/**
 * How one step of a job is started next to everything it must not touch: `prlimit`, another user id, then bubblewrap with
 * namespaces of its own for files, processes, network and users; where the job's user could not reach its workspace, in an
 * `OuterNamespace`. Every process of a step ends with it.
 */
export class JobSandbox {
  private outer = OuterNamespace.none;

  constructor(private readonly options: JobSandboxOptions) {}

  /** A user id that no running job has; undefined when this process cannot change ids. */
  static takeUid(): number | undefined {
    if (process.getuid?.() !== 0) return undefined;
    for (let uid = UIDS.first; uid < UIDS.first + UIDS.size; uid++) {
      if (live.has(uid)) continue;
      live.add(uid);
      return uid;
    }
    throw new Error('All user ids of jobs are in use');
  }

  static returnUid(uid: number | undefined): void {
    if (uid !== undefined) live.delete(uid);
  }

  static probeUid(): number | undefined {
    return process.getuid?.() === 0 ? UIDS.first + UIDS.size : undefined;
  }

  /** Hands the directories to the job's user and lets it pass through those above, up to `root`. */
  async prepare(root: string): Promise<void> {
    const { uid, workspace, home } = this.options;
    if (uid === undefined) return;
    // Links change hands themselves, never what they point to.
    await run('chown', ['-R', '-h', '-P', `${uid}:${uid}`, '--', workspace, home]);
    const steps = relative(root, workspace).split(sep).slice(0, -1);
    if (isAbsolute(steps.join(sep)) || steps[0] === '..')
      throw new Error('The workspace is not below its root');
    for (const [index] of ['', ...steps].entries()) await letPass(join(root, ...steps.slice(0, index)));
    this.outer = await this.reach(uid, [workspace, home]);
  }

  command(script: string, env: Record<string, string>): SandboxCommand {
    const { isolated, uid } = this.options;
    const inner = ['/bin/sh', '-c', 'exec 2>&1; exec /bin/sh -e -c "$1"', 'step', script];
    const inside = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'dumb', ...env };
    const line = [
      ...this.outer.command(),
      ...limits(),
      ...drop(uid, isolated),
      ...(isolated ? this.bubblewrap(inside) : []),
      ...inner,
    ];
    const plain = { ...inside, HOME: this.options.home };
    return {
      file: line[0],
      args: line.slice(1),
      env: isolated ? { PATH: inside.PATH, LANG: 'C.UTF-8' } : plain,
      cwd: isolated ? '/' : this.options.workspace,
    };
  }

  /** Only a sandbox can have other names for what is in it. */
  private async reach(uid: number, paths: string[]): Promise<OuterNamespace> {
    try {
      const found = await OuterNamespace.around(drop(uid, true), paths);
      const hidden = paths.find(path => found.source(path) !== path);
      if (hidden === undefined || this.options.isolated) return found;
      throw new UnreachablePath(hidden, 'there is no sandbox');
    } catch (cause) {
      if (!(cause instanceof UnreachablePath)) throw cause;
      throw new Error(
        'The user of the job cannot reach its workspace: let others pass through the directories above the data directory (chmod o+x)',
        { cause },
      );
    }
  }

  /** In the order that holds: `--size` is for the next tmpfs only, and the root becomes read-only after the last bind. */
  private bubblewrap(env: Record<string, string>): string[] {
    const { workspace, home } = this.options;
    return [
      'bwrap',
      ...[
        '--unshare-all',
        '--unshare-user',
        '--disable-userns',
        '--die-with-parent',
        '--new-session',
        '--clearenv',
      ],
      ...['--hostname', 'krate-job'],
      ...['--ro-bind', '/usr', '/usr', ...ROOT_LINKS.flatMap(rootLink)],
      ...ETC.flatMap(name => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
      ...['--proc', '/proc', '--dev', '/dev'],
      ...[
        '--size',
        String(1024 * MEBIBYTE),
        '--tmpfs',
        '/tmp',
        '--size',
        String(64 * MEBIBYTE),
        '--tmpfs',
        '/dev/shm',
      ],
      ...[
        '--bind',
        this.outer.source(home),
        '/home/job',
        '--bind',
        this.outer.source(workspace),
        '/workspace',
      ],
      ...['--remount-ro', '/dev', '--remount-ro', '/'],
      ...Object.entries({ ...env, HOME: '/home/job' }).flatMap(([name, value]) => ['--setenv', name, value]),
      ...['--chdir', '/workspace', '--'],
    ];
  }
}

function limits(): string[] {
  return [
    'prlimit',
    `--fsize=${4096 * MEBIBYTE}`,
    '--nofile=4096',
    '--core=0',
    ...(process.getuid?.() === 0 ? ['--nproc=1024'] : []),
    '--',
  ];
}

/** Before bubblewrap: started by real root it would stay root for the kernel. */
function drop(uid: number | undefined, isolated: boolean): string[] {
  if (uid === undefined) return [];
  const alone = isolated ? [] : ['--no-new-privs', '--pdeathsig=KILL'];
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    `--groups=${RUNS_GID}`,
    '--inh-caps=-all',
    '--bounding-set=-all',
    ...alone,
    '--',
  ];
}

/** /bin and its like are links into /usr on merged systems and directories elsewhere. */
function rootLink(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

async function letPass(directory: string): Promise<void> {
  const { mode, gid } = await stat(directory);
  if (mode & 0o001 || (gid === RUNS_GID && mode & 0o010)) return;
  await chown(directory, 0, RUNS_GID);
  await chmod(directory, (mode & 0o7777) | 0o010);
}
