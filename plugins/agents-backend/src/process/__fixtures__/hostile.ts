/**
 * Programs that an agent must not get away with. Bounded, so that a test that fails does no harm to its machine:
 * `hostile.ts MODE [ARGUMENT]`. Node builtins only; run straight under Node.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';

const [mode, argument] = process.argv.slice(2);
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const hang = () => setInterval(() => {}, 1000);

interface Targets {
  secretFile: string;
  otherWorkspace: string;
  backendPid: number;
  environSecret: string;
  port: number;
  abstractSocket: string;
  outsideFile: string;
}

const modes: Record<string, () => unknown> = {
  hang,
  'ignore-sigterm': () => {
    process.on('SIGTERM', () => say('not today'));
    say('ready');
    hang();
  },
  'polite-sigterm': () => {
    process.on('SIGTERM', () => {
      say('tidied up');
      process.exit(0);
    });
    say('ready');
    hang();
  },
  'flood-stdout': () => flood(process.stdout),
  'flood-stderr': () => flood(process.stderr),
  'long-line': () => {
    process.stdout.write(`${'x'.repeat(Number(argument))}\nafter\n`);
  },
  echo: () => {
    process.stdin.pipe(process.stdout);
  },
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  exit: () => process.exit(Number(argument)),
  'setsid-daemon': () => {
    spawn('sleep', [argument!], { detached: true, stdio: 'ignore' }).unref();
    spawn('sleep', [argument!], { detached: true, stdio: 'inherit' }).unref(); // holds our pipes open as well
    say('daemons started');
  },
  'daemon-and-hang': () => {
    modes['setsid-daemon']!();
    hang();
  },
  'fork-bomb': forkBomb,
  snoop: () => snoop(JSON.parse(argument!) as Targets),
  see: () =>
    say({
      env: process.env,
      cwd: process.cwd(),
      root: fs.readdirSync('/'),
      launcher: attempt(() => fs.readFileSync('/proc/1/environ', 'utf8')),
    }),
  'read-secret': () => say(fs.readFileSync(`${process.env.KRATE_SECRETS_DIR}/${argument}`, 'utf8')),
};

function flood(stream: NodeJS.WriteStream) {
  const block = `${'y'.repeat(1023)}\n`.repeat(64);
  const more = () => {
    while (stream.write(block));
  };
  stream.on('drain', more);
  more();
}

/** At most 600 sleepers; says how many the system allowed and then waits to be ended. */
function forkBomb() {
  let started = 0;
  let refused = 0;
  for (let index = 0; index < 600 && refused === 0; index++) {
    const child = spawn('sleep', [argument!], { detached: index % 2 === 0, stdio: 'ignore' });
    child.on('error', () => {});
    if (child.pid === undefined) refused++;
    else started++;
  }
  say({ started, refused });
  hang();
}

function attempt<T>(action: () => T): T | string {
  try {
    return action();
  } catch (error) {
    return `blocked: ${(error as NodeJS.ErrnoException).code}`;
  }
}

const blocked = (value: unknown) => typeof value === 'string' && value.startsWith('blocked');

async function snoop(targets: Targets) {
  say({
    readsDataDirectory: !blocked(attempt(() => fs.readFileSync(targets.secretFile, 'utf8'))),
    listsOtherWorkspaces: !blocked(attempt(() => fs.readdirSync(targets.otherWorkspace))),
    readsBackendEnviron: environs().some(environ => environ.includes(targets.environSecret)),
    signalsBackend:
      !blocked(attempt(() => process.kill(targets.backendPid, 0))) && seesBackend(targets.backendPid),
    reachesLoopback: await connects({ port: targets.port, host: '127.0.0.1' }),
    reachesAbstractSocket: await connects({ path: `\0${targets.abstractSocket}` }),
    writesOutside: !blocked(attempt(() => fs.writeFileSync(targets.outsideFile, 'x'))),
    writesKernelSwitch: !blocked(
      attempt(() => fs.closeSync(fs.openSync('/proc/sys/kernel/core_pattern', 'w'))),
    ),
    writesUsr: !blocked(attempt(() => fs.writeFileSync('/usr/krate-was-here', 'x'))),
    makesNamespace: await succeeds('unshare', ['--user', 'true']),
    uid: process.getuid!(),
  });
}

function environs(): string[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && name !== String(process.pid))
    .map(name => attempt(() => fs.readFileSync(`/proc/${name}/environ`, 'utf8')));
}

/** Inside a pid namespace the same number may be someone else. */
function seesBackend(pid: number): boolean {
  return String(attempt(() => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))).includes('jest');
}

function connects(to: net.NetConnectOpts): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(to, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function succeeds(file: string, args: string[]): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(file, args, { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', code => resolve(code === 0));
  });
}

const run = modes[mode!];
if (!run) throw new Error(`unknown mode ${mode}`);
run();
