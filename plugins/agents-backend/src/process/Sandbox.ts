import fs from 'node:fs';
import { OuterNamespace } from '@krate/plugin-forge-node';
import { AgentProcessError } from './AgentProcessError';
import { bubblewrapArguments, type DataFile } from './bubblewrapArguments';
import type { CommandInput } from './journal';
import { bridgeCopy, prepareRun, secretsDirectory } from './prepareRun';
import { dropArguments, isRoot, limitArguments } from './privileges';
import { NODE_ARGUMENTS, programSource } from './programs';
import type { SandboxLimits, SandboxPlan, SandboxSpec } from './SandboxSpec';

const MEBIBYTE = 1024 ** 2;
const DEFAULT_LIMITS: SandboxLimits = {
  processes: 512,
  fileBytes: 2048 * MEBIBYTE,
  openFiles: 4096,
  cpuSeconds: 4 * 3600,
  tmpfs: { tmp: 1024 * MEBIBYTE, sharedMemory: 64 * MEBIBYTE, home: 512 * MEBIBYTE },
};

const INSIDE = {
  workspace: '/workspace',
  home: '/home/agent',
  secrets: '/run/secrets',
  egress: '/run/krate/egress',
  node: '/run/krate/node',
  bridge: '/run/krate/egress-bridge.mjs',
  egressPort: 8118,
} as const;
const PATH = '/usr/local/bin:/usr/bin:/bin';
const MINIMAL_ENV = { PATH, LANG: 'C.UTF-8' };
const ARGS_FD = 3;
const STATUS_FD = 4;
const FIRST_DATA_FD = 5;

/**
 * The command line that starts an agent next to everything it must not touch:
 * `prlimit` → drop the user id when root → `bwrap` → egress bridge → the agent; where the run's user could not reach what
 * it needs, in an `OuterNamespace`.
 *
 * The environment given to bubblewrap is minimal because the agent can read its launcher's (`/proc/1/environ`), and its
 * options travel by a descriptor because arguments are visible to every user of the machine.
 */
export class Sandbox {
  private readonly limits: SandboxLimits;
  private bridgeSource = '';
  private outer = OuterNamespace.none;

  /** @throws AgentProcessError ISOLATION_REQUIRED for untrusted work without bubblewrap, INVALID_SPEC for a wrong field. */
  constructor(private readonly spec: SandboxSpec) {
    this.limits = { ...DEFAULT_LIMITS, ...spec.limits };
    checkSpec(spec);
  }

  /** Gives the workspace to the run's user and checks that it can reach all it needs; then plans. Idempotent. */
  async prepare(): Promise<SandboxPlan> {
    this.outer = await prepareRun(this.spec);
    if (this.spec.egressDirectory) this.bridgeSource = await programSource('egress-bridge.ts');
    return this.spec.isolation.mechanism === 'bubblewrap' ? this.planIsolated() : this.planUncontained();
  }

  private planIsolated(): SandboxPlan {
    const { spec } = this;
    const inputs: CommandInput[] = [];
    const dataFiles = this.dataFiles(inputs);
    const options = bubblewrapArguments({
      statusFd: STATUS_FD,
      workspace: {
        source: this.outer.source(spec.workspace.path),
        target: INSIDE.workspace,
        writable: spec.workspace.access !== 'read-only',
      },
      readOnly: this.readOnlyBinds(),
      home: { target: INSIDE.home, source: spec.home && this.outer.source(spec.home) },
      dataFiles,
      sizes: this.limits.tmpfs,
      env: this.agentEnv(INSIDE.home, INSIDE.secrets),
    });
    inputs.unshift({
      fd: ARGS_FD,
      base64: Buffer.from(options.map(option => `${option}\0`).join('')).toString('base64'),
    });
    // Counted per user id: outside where the id is the run's own, inside its user namespace where it is the backend's.
    const inner = spec.uid === undefined ? ['prlimit', `--nproc=${this.limits.processes}`, '--'] : [];
    const line = [
      ...this.outer.command(),
      ...this.outerCommand(),
      'bwrap',
      '--args',
      String(ARGS_FD),
      '--',
      ...inner,
      ...this.innerCommand(INSIDE.node, INSIDE.bridge),
    ];
    return this.finishPlan(line, {
      inputs,
      statusFd: STATUS_FD,
      containment: 'pid-namespace',
      workspacePath: INSIDE.workspace,
    });
  }

  private planUncontained(): SandboxPlan {
    const { spec } = this;
    const home = spec.home ?? `${spec.stateDirectory}/home`;
    const line = [...this.outerCommand(), ...this.innerCommand(process.execPath, bridgeCopy(spec))];
    return this.finishPlan(line, {
      env: this.agentEnv(home, secretsDirectory(spec)),
      containment: spec.uid === undefined ? 'process-group' : 'uid',
      workspacePath: spec.workspace.path,
    });
  }

  private finishPlan(
    line: string[],
    plan: Partial<SandboxPlan> & Pick<SandboxPlan, 'containment' | 'workspacePath'>,
  ): SandboxPlan {
    const { enforced, notEnforced } = this.spec.isolation;
    return {
      file: line[0]!,
      args: line.slice(1),
      env: MINIMAL_ENV,
      cwd: this.cwd(plan),
      inputs: [],
      uid: this.spec.uid,
      enforced,
      notEnforced,
      ...plan,
    };
  }

  private cwd(plan: Pick<SandboxPlan, 'containment' | 'workspacePath'>) {
    return plan.containment === 'pid-namespace' ? '/' : plan.workspacePath;
  }

  private outerCommand(): string[] {
    const { uid } = this.spec;
    const contained = this.spec.isolation.mechanism === 'bubblewrap';
    const limit = limitArguments(this.limits, uid !== undefined);
    // without bubblewrap's --die-with-parent, at least the agent itself goes with its shim
    const bound = contained ? [] : ['--no-new-privs', '--pdeathsig=KILL'];
    if (uid !== undefined) return [...limit, ...dropArguments(uid, bound)];
    return contained ? limit : [...limit, 'setpriv', ...bound, '--'];
  }

  private innerCommand(node: string, bridge: string): string[] {
    const { command, egressDirectory } = this.spec;
    if (!egressDirectory) return command;
    const isolated = this.spec.isolation.mechanism === 'bubblewrap';
    const socket = `${isolated ? INSIDE.egress : egressDirectory}/egress.sock`;
    const port = isolated ? INSIDE.egressPort : 0;
    return [node, ...NODE_ARGUMENTS, bridge, socket, String(port), ...command];
  }

  /** Git objects and tools at their own paths, then what the way out needs. */
  private readOnlyBinds() {
    const { gitObjects = [], readOnlyPaths = [], egressDirectory } = this.spec;
    const binds = [...gitObjects, ...readOnlyPaths].map(target => ({
      source: this.outer.source(target),
      target,
    }));
    if (!egressDirectory) return binds;
    const node = fs.realpathSync(process.execPath);
    return [
      ...binds,
      { source: this.outer.source(egressDirectory), target: INSIDE.egress },
      { source: this.outer.source(node), target: INSIDE.node },
    ];
  }

  /** A user name for programs that ask for one, the bridge, and the granted files. */
  private dataFiles(inputs: CommandInput[]): DataFile[] {
    const { spec } = this;
    const uid = spec.uid ?? process.getuid!();
    const gid = spec.uid ?? process.getgid!();
    const add = (path: string, content: string | Uint8Array, mode: DataFile['mode']): DataFile => {
      const fd = FIRST_DATA_FD + inputs.length;
      inputs.push({ fd, base64: Buffer.from(content as Uint8Array).toString('base64') });
      return { fd, path, mode };
    };
    return [
      add('/etc/passwd', `agent:x:${uid}:${gid}:agent:${INSIDE.home}:/bin/sh\n`, '0444'),
      add('/etc/group', `agent:x:${gid}:\n`, '0444'),
      add('/etc/hosts', '127.0.0.1 localhost\n', '0444'),
      add('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n', '0444'),
      ...(spec.egressDirectory ? [add(INSIDE.bridge, this.bridgeSource, '0444')] : []),
      ...(spec.files ?? []).map(file => add(`${INSIDE.secrets}/${file.name}`, file.content, '0400')),
    ];
  }

  private agentEnv(home: string, secrets: string): Record<string, string> {
    return { ...MINIMAL_ENV, HOME: home, TERM: 'dumb', KRATE_SECRETS_DIR: secrets, ...this.spec.env };
  }
}

function checkSpec(spec: SandboxSpec) {
  const refuse = (field: string, message: string, remedy: string): never => {
    throw new AgentProcessError('INVALID_SPEC', message, { field, remedy });
  };
  if (spec.command.length === 0)
    refuse('command', 'The command of the agent is empty', 'Give a program and its arguments');
  if (isRoot() && spec.uid === undefined)
    refuse('uid', 'The backend is root but the run has no user id of its own', 'Take one from UidPool');
  if (!isRoot() && spec.uid !== undefined)
    refuse('uid', 'Only root can give a run a user id of its own', 'Leave uid out');
  if (spec.uid === 0) refuse('uid', 'A run never has the user id 0', 'Take one from UidPool');
  for (const { name } of spec.files ?? []) {
    if (!/^[\w-][\w.-]*$/.test(name))
      refuse(
        'files',
        `"${name}" is not a plain file name`,
        'Use letters, digits, dots, dashes and underscores',
      );
  }
  for (const [name, value] of Object.entries(spec.env ?? {})) {
    if (!/^\w+$/.test(name) || value.includes('\0'))
      refuse('env', `"${name}" is not a valid environment entry`, 'Use letters, digits and underscores');
  }
  if (spec.isolation.mechanism === 'bubblewrap' || spec.trusted) return;
  throw new AgentProcessError(
    'ISOLATION_REQUIRED',
    `Untrusted work needs isolation: ${spec.isolation.reason ?? 'bubblewrap is not available'}`,
    {
      remedy: spec.isolation.remedy,
    },
  );
}
