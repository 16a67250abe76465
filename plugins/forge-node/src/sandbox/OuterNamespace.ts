import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { UnreachablePath } from './UnreachablePath';

const run = promisify(execFile);
const CHECK_TIMEOUT_MS = 10_000;

/** An empty directory on the host; only inside the namespace is there something below it. */
const MOUNT_POINT = '/run/krate-reach';

/**
 * Fixed, and told everything by arguments: `MOUNT_POINT (SOURCE NAME)... -- COMMAND...`. It ends as the command, in place.
 * The mount point's mode lets pass and not list.
 */
const MOUNT_AND_GO = [
  'set -e; root=$1; shift',
  'mount -n -t tmpfs -o mode=0711,size=1m,nosuid,nodev krate-reach "$root"',
  'while [ "$1" != -- ]; do if [ -d "$1" ]; then mkdir "$root/$2"; else : > "$root/$2"; fi; mount -n --rbind "$1" "$root/$2"; shift 2; done',
  'shift; exec "$@"',
].join('\n');

/**
 * A mount namespace made by root around a sandbox, in which what lies below private directories (a clone in /root) has a
 * second name that the sandbox's user can reach. No mode changes, and nothing is mounted in the host's own namespace.
 *
 * It is entered by exec, without a process that stays: such a parent (bubblewrap's monitor) has no capability to signal
 * the other user id, so the sandbox would not die with it. This way process ids, exit codes, signals, descriptors and
 * parent-death signals are those of the command alone.
 */
export class OuterNamespace {
  /** Everything can be reached; the command stays as it is. */
  static readonly none = new OuterNamespace([]);

  private constructor(private readonly aliased: readonly string[]) {}

  /**
   * Finds out, by trying as that user, which paths it cannot read, and gives those another name.
   *
   * @param drop the command line that becomes the sandbox's user, ready for a program to follow
   * @param paths absolute paths of files and directories
   * @throws UnreachablePath when a path cannot be read under another name either
   */
  static async around(drop: readonly string[], paths: readonly string[]): Promise<OuterNamespace> {
    const failures = await Promise.all(paths.map(path => failureToRead(drop, path)));
    const aliased = [...new Set(paths.filter((_, index) => failures[index] !== undefined))];
    if (aliased.length === 0) return OuterNamespace.none;
    for (const path of aliased) {
      await access(path).catch(cause => {
        throw new UnreachablePath(path, cause);
      });
    }
    const namespace = new OuterNamespace(aliased);
    await mkdir(MOUNT_POINT, { recursive: true, mode: 0o711 }).catch(cause => {
      throw new UnreachablePath(aliased[0], cause);
    });
    for (const path of aliased) {
      const cause = await failureToRead([...namespace.command(), ...drop], namespace.source(path));
      if (cause !== undefined) throw new UnreachablePath(path, cause);
    }
    return namespace;
  }

  /** What goes before everything that gives up root; empty when there is nothing to do. */
  command(): string[] {
    if (this.aliased.length === 0) return [];
    const pairs = this.aliased.flatMap((path, index) => [path, String(index)]);
    return [
      'unshare',
      '--mount',
      '--propagation',
      'slave',
      '--',
      '/bin/sh',
      '-c',
      MOUNT_AND_GO,
      'krate-reach',
      MOUNT_POINT,
      ...pairs,
      '--',
    ];
  }

  /** The name by which the sandbox's user reaches a path: for the sources of binds, never for their targets. */
  source(path: string): string {
    const index = this.aliased.indexOf(path);
    return index < 0 ? path : `${MOUNT_POINT}/${index}`;
  }
}

/** Undefined when the user can read it. */
async function failureToRead(before: readonly string[], path: string): Promise<unknown> {
  const [file, ...args] = [...before, 'test', '-r', path];
  try {
    await run(file, args, { cwd: '/', timeout: CHECK_TIMEOUT_MS });
    return undefined;
  } catch (cause) {
    return cause;
  }
}
