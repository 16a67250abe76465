import fs from 'node:fs';

/** Sizes of the private temporary file systems of a sandbox, in bytes. */
export interface TmpfsSizes {
  tmp: number;
  sharedMemory: number;
  home: number;
}

/** A file whose content enters the sandbox through a descriptor. */
export interface DataFile {
  fd: number;
  path: string;
  mode: '0400' | '0444';
}

/** Everything bubblewrap is told, apart from the command. */
export interface BubblewrapOptions {
  statusFd: number;
  workspace: { source: string; target: string; writable: boolean };
  /** Directories or files shown read-only: central git objects, tools outside /usr, the way out. */
  readOnly: { source: string; target: string }[];
  home: { target: string; source?: string };
  dataFiles: DataFile[];
  sizes: TmpfsSizes;
  env: Record<string, string>;
}

/** Parts of /etc that programs need and that hold no secret. */
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
  'gitconfig',
];
const ROOT_LINKS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/**
 * The options in the order that was measured to hold: `--size` affects the next `--tmpfs` only, binds come after the
 * file systems they lie in, and the root is made read-only after the last bind.
 */
export function bubblewrapArguments(options: BubblewrapOptions): string[] {
  const { workspace, home, sizes } = options;
  return [
    ...[
      '--unshare-all',
      '--unshare-user',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
      '--clearenv',
    ],
    ...['--hostname', 'krate-run'],
    ...['--json-status-fd', String(options.statusFd)],
    ...['--ro-bind', '/usr', '/usr', ...ROOT_LINKS.flatMap(rootLink)],
    ...ETC.flatMap(name => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...[
      '--size',
      String(sizes.tmp),
      '--tmpfs',
      '/tmp',
      '--size',
      String(sizes.sharedMemory),
      '--tmpfs',
      '/dev/shm',
    ],
    ...(home.source
      ? ['--bind', home.source, home.target]
      : ['--size', String(sizes.home), '--tmpfs', home.target]),
    ...options.readOnly.flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...[workspace.writable ? '--bind' : '--ro-bind', workspace.source, workspace.target],
    ...options.dataFiles.flatMap(file => [
      '--perms',
      file.mode,
      '--ro-bind-data',
      String(file.fd),
      file.path,
    ]),
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    ...Object.entries(options.env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--chdir', workspace.target],
  ];
}

/** /bin and its like are links into /usr on merged systems and directories elsewhere. */
function rootLink(path: string): string[] {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  return stat.isSymbolicLink() ? ['--symlink', fs.readlinkSync(path), path] : ['--ro-bind', path, path];
}
