#!/usr/bin/env node
/**
 * The shim of one agent run. It outlives the backend: it holds the agent's pipes, journals every line, enforces the
 * deadline and serves one control socket. It reads its whole instruction from standard input, once, so that nothing
 * of it is on a command line or on disk. Node builtins only; the types are shared with the backend and erased.
 * One file although it is long: it must run by itself, from wherever it is copied to.
 *
 * Order inside one input: journal (synced) first, then the agent's stdin. A line the agent saw is therefore always in
 * the journal; a line in the journal may not have been seen only if this process died, and then the agent died too.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type {
  ExitEvent,
  ExitReason,
  JournalLine,
  RunRecord,
  ShimEvent,
  ShimReply,
  ShimRequest,
  ShimSpec,
} from '../src/process/journal';

const NEWLINE = 0x0a;
const PUMP_BYTES = 64 * 1024;
const MAX_QUEUED_INPUT_BYTES = 64 * 1024 * 1024;
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The journal may pass its cap by this much, so that the shim's own last events always fit. */
const CONTROL_RESERVE_BYTES = 64 * 1024;
const RESERVE_FILE = 'reserve';

/** What the programs in front of the agent say when they cannot start it. */
const LAUNCH_FAILURE =
  /^(bwrap: execvp|prlimit: failed to execute|setpriv: failed to execute|egress-bridge: cannot start) /;

/** Splits bytes into lines, drops what is longer than the cap and resynchronises at the next newline. */
class LineSplitter {
  private parts: Buffer[] = [];
  private held = 0;
  private skipped = 0;
  private readonly limit: number;
  private readonly onTooLong: (bytes: number) => void;

  constructor(limit: number, onTooLong: (bytes: number) => void) {
    this.limit = limit;
    this.onTooLong = onTooLong;
  }

  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.hold(chunk.subarray(start, end));
      this.finish(lines);
      start = end + 1;
    }
    this.hold(chunk.subarray(start));
    return lines;
  }

  /** The unfinished last line, at the end of the stream. */
  rest(): string[] {
    const lines: string[] = [];
    if (this.held > 0 || this.skipped > 0) this.finish(lines);
    return lines;
  }

  private hold(bytes: Buffer) {
    if (bytes.length === 0) return;
    if (this.skipped > 0 || this.held + bytes.length > this.limit) {
      this.skipped += this.held + bytes.length;
      this.parts = [];
      this.held = 0;
      return;
    }
    this.parts.push(bytes);
    this.held += bytes.length;
  }

  private finish(lines: string[]) {
    if (this.skipped > 0) this.onTooLong(this.skipped);
    else lines.push(Buffer.concat(this.parts, this.held).toString('utf8').replace(/\r$/, ''));
    this.parts = [];
    this.held = 0;
    this.skipped = 0;
  }
}

/** The append-only journal. Synced where losing a line would lose a decision; not for mere updates. */
class Journal {
  length = 0;
  private number = 0;
  private readonly fd: number;
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    this.fd = fs.openSync(path, 'ax', 0o600);
    fs.writeFileSync(RESERVE_FILE, Buffer.alloc(CONTROL_RESERVE_BYTES), { mode: 0o600, flush: true });
  }

  /** Room on a full disk for the shim's last words. */
  releaseReserve() {
    fs.rmSync(RESERVE_FILE, { force: true });
  }

  lines(direction: 'in' | 'out' | 'err', texts: string[]) {
    if (texts.length === 0) return;
    const t = Date.now();
    const records = texts.map(l => ({ n: ++this.number, t, d: direction, l }) as JournalLine);
    // A JSON-RPC request or response carries an id; a notification does not.
    this.append(records, direction !== 'err' && texts.some(text => text.includes('"id"')));
  }

  event(e: ShimEvent) {
    this.append([{ n: ++this.number, t: Date.now(), d: 'shim', e }], true);
  }

  private append(records: JournalLine[], sync: boolean) {
    const bytes = Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join(''));
    try {
      for (let written = 0; written < bytes.length;) written += fs.writeSync(this.fd, bytes, written);
      if (sync) fs.fdatasyncSync(this.fd);
    } catch (error) {
      fs.ftruncateSync(this.fd, this.length); // half a line would swallow the next one
      this.number -= records.length;
      throw error;
    }
    this.length += bytes.length;
  }
}

/** One attached reader. It follows the file at its own pace, so a slow reader costs no memory. */
class Subscriber {
  private readonly journal: Journal;
  private readonly socket: net.Socket;
  private readonly fd: number;
  private position: number;
  private blocked = false;

  constructor(journal: Journal, socket: net.Socket, from: number) {
    this.journal = journal;
    this.socket = socket;
    this.position = from;
    this.fd = fs.openSync(journal.path, 'r');
    socket.on('drain', () => {
      this.blocked = false;
      this.pump();
    });
    socket.on('close', () => fs.closeSync(this.fd));
  }

  get done() {
    return this.position >= this.journal.length;
  }

  pump() {
    while (!this.blocked && !this.done && this.socket.writable) {
      const lines = this.readLines(PUMP_BYTES);
      if (lines.length === 0) return;
      this.position += lines.length;
      this.blocked = !this.socket.write(lines);
    }
  }

  /** Whole lines only, so that an acknowledgement can be written at any moment without tearing one. */
  private readLines(want: number): Buffer {
    const available = this.journal.length - this.position;
    const bytes = Buffer.alloc(Math.min(want, available));
    const read = fs.readSync(this.fd, bytes, 0, bytes.length, this.position);
    const end = bytes.lastIndexOf(NEWLINE, read - 1) + 1;
    if (end === 0 && want < available) return this.readLines(want * 4);
    return bytes.subarray(0, end);
  }
}

interface ProcessEntry {
  pid: number;
  parent: number;
  uid: number;
}

function processes(): ProcessEntry[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => readProcess(Number(name)) ?? []);
}

function readProcess(pid: number): ProcessEntry | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    if (/^State:\s+[ZX]/m.test(status)) return undefined;
    return {
      pid,
      parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
      uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]),
    };
  } catch {
    return undefined; // it ended between the listing and the reading
  }
}

/** Told in the exit record; destroying the run will find what is left. */
let signalFailure: string | undefined;

/** Sends a signal; a process that is already gone is what we wanted. */
function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH')
      signalFailure = `cannot signal ${pid}: ${String(error)}`;
  }
}

class Shim {
  private readonly spec: ShimSpec;
  private readonly journal: Journal;
  private readonly subscribers = new Map<net.Socket, Subscriber>();
  private readonly server: net.Server;
  private child: ChildProcess | undefined;
  private initPid: number | undefined;
  private initStartTime: string | null = null;
  private ending: ExitReason | undefined;
  private finished = false;
  private deadlineTimer: NodeJS.Timeout | undefined;
  private killTimer: NodeJS.Timeout | undefined;
  private stderrBytes = 0;
  private stderrDropped = 0;
  private lastStderr = '';
  /** Told in the exit record. */
  private message: string | undefined;

  constructor(spec: ShimSpec) {
    this.spec = spec;
    this.journal = new Journal('journal.ndjson');
    this.server = net.createServer(socket => this.serve(socket));
  }

  /** Serves first and launches after, so that whoever sees the socket can already attach. */
  start() {
    this.server.listen(`${this.spec.runDirectory}/control.sock`, () => this.launch());
    process.on('SIGTERM', () => {
      this.message ??= 'The shim of the run was told to end, as when the machine shuts down';
      this.stop('cancelled');
    });
    process.on('SIGINT', () => {});
    process.on('SIGHUP', () => {});
  }

  private launch() {
    const { command, containment } = this.spec;
    const highest = Math.max(2, ...command.inputs.map(input => input.fd), command.statusFd ?? 0);
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      stdio: Array.from({ length: highest + 1 }, () => 'pipe' as const),
      // bubblewrap makes its own session inside; without it the group is what can be killed at once
      detached: containment !== 'pid-namespace',
    });
    this.child = child;
    child.on('error', error => this.finish(null, null, 'launch-failed', error.message));
    if (child.pid === undefined) return;
    this.guard(() => this.journal.event({ event: 'launched', pid: child.pid! }));
    this.feedInputs(child);
    this.readOutputs(child);
    child.on('exit', () => this.afterMainExit());
    child.on('close', (code, name) => this.closed(code, name));
    this.armDeadline(this.spec.deadlineAt);
    this.wake();
  }

  private feedInputs(child: ChildProcess) {
    for (const input of this.spec.command.inputs) {
      const stream = child.stdio[input.fd] as Writable;
      stream.on('error', () => {}); // the command ended before it read this; its exit says so
      stream.end(Buffer.from(input.base64, 'base64'));
    }
    this.spec.command.inputs = []; // granted secrets are not kept in memory
    child.stdin!.on('error', error => this.note({ event: 'input-failed', message: error.message }));
    const { statusFd } = this.spec.command;
    if (statusFd === undefined) return;
    const splitter = new LineSplitter(4096, () => {});
    (child.stdio[statusFd] as Readable).on('data', (chunk: Buffer) =>
      splitter.push(chunk).forEach(line => this.readStatus(line)),
    );
  }

  private readStatus(line: string) {
    const initPid = Number(/"child-pid"\s*:\s*(\d+)/.exec(line)?.[1]);
    if (!initPid || this.initPid !== undefined) return;
    this.initPid = initPid;
    this.initStartTime = startTime(initPid);
    this.note({ event: 'contained', initPid, initStartTime: this.initStartTime });
    if (this.ending) this.signalAgent('SIGTERM');
  }

  private readOutputs(child: ChildProcess) {
    const out = new LineSplitter(this.spec.maxLineBytes, bytes =>
      this.note({ event: 'line-too-long', stream: 'out', bytes }),
    );
    child.stdout!.on('data', (chunk: Buffer) => this.record('out', out.push(chunk)));
    child.stdout!.on('end', () => this.record('out', out.rest()));
    const err = new LineSplitter(64 * 1024, bytes => {
      this.stderrDropped += bytes;
    });
    child.stderr!.on('data', (chunk: Buffer) => this.recordStderr(err.push(chunk)));
    child.stderr!.on('end', () => this.recordStderr(err.rest()));
  }

  private record(direction: 'in' | 'out' | 'err', lines: string[]) {
    if (this.finished || this.ending === 'output-limit' || this.ending === 'journal-failed') return;
    this.guard(() => this.journal.lines(direction, lines));
    if (this.journal.length > this.spec.maxJournalBytes) this.stop('output-limit');
    this.wake();
  }

  private recordStderr(lines: string[]) {
    if (lines.length > 0) this.lastStderr = lines[lines.length - 1]!;
    const kept: string[] = [];
    for (const line of lines) {
      const bytes = Buffer.byteLength(line) + 1;
      if (this.stderrDropped > 0 || this.stderrBytes + bytes > this.spec.maxStderrBytes) {
        if (this.stderrDropped === 0)
          this.note({ event: 'stderr-capped', limitBytes: this.spec.maxStderrBytes });
        this.stderrDropped += bytes;
        continue;
      }
      this.stderrBytes += bytes;
      kept.push(line);
    }
    this.record('err', kept);
  }

  private note(event: ShimEvent) {
    if (this.finished || this.journal.length > this.spec.maxJournalBytes + CONTROL_RESERVE_BYTES) return;
    this.guard(() => this.journal.event(event));
    this.wake();
  }

  /** A journal that cannot be written is the end of the run: an agent whose deeds are not recorded must not go on. */
  private guard(write: () => void) {
    try {
      write();
    } catch (error) {
      this.journal.releaseReserve();
      this.message ??= `The journal cannot be written: ${(error as Error).message}`;
      this.stop('journal-failed');
    }
  }

  private wake() {
    for (const subscriber of this.subscribers.values()) subscriber.pump();
  }

  private armDeadline(deadlineAt: number) {
    clearTimeout(this.deadlineTimer);
    const left = Math.max(0, deadlineAt - Date.now());
    const next = left > LONGEST_TIMER_MS ? () => this.armDeadline(deadlineAt) : () => this.stop('deadline');
    this.deadlineTimer = setTimeout(next, Math.min(left, LONGEST_TIMER_MS));
  }

  /** Asks, waits the grace, then kills. A flood or a dead journal gets no grace: each more second costs. */
  private stop(reason: ExitReason) {
    if (this.ending || this.finished) return;
    const graceMs = reason === 'output-limit' || reason === 'journal-failed' ? 0 : this.spec.graceMs;
    this.ending = reason;
    this.note({ event: 'stopping', reason, signal: graceMs > 0 ? 'SIGTERM' : 'SIGKILL' });
    if (graceMs > 0) this.signalAgent('SIGTERM');
    this.killTimer = setTimeout(() => this.killAll(), graceMs);
  }

  /** SIGTERM goes to the agent itself: bubblewrap would die of it and take the agent along without a chance to tidy up. */
  private signalAgent(name: NodeJS.Signals) {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    if (this.spec.containment !== 'pid-namespace') {
      signal(-pid, name);
      return;
    }
    processes()
      .filter(entry => entry.parent === this.initPid)
      .forEach(entry => signal(entry.pid, name));
  }

  private killAll() {
    if (this.initPid !== undefined && startTime(this.initPid) === this.initStartTime)
      signal(this.initPid, 'SIGKILL');
    this.child?.kill('SIGKILL');
    this.sweep();
  }

  /** Without a pid namespace, what is left is found by process group and by the uid that only this run has. */
  private sweep() {
    if (this.spec.containment === 'pid-namespace') return;
    if (this.child?.pid !== undefined) signal(-this.child.pid, 'SIGKILL');
    const { uid } = this.spec;
    if (this.spec.containment !== 'uid' || uid === undefined) return;
    for (let round = 0; round < 100; round++) {
      const left = processes().filter(entry => entry.uid === uid);
      if (left.length === 0) return;
      left.forEach(entry => signal(entry.pid, 'SIGKILL'));
    }
  }

  /** Children that outlived the agent may hold its pipes open; the run is over, so they go. */
  private afterMainExit() {
    this.sweep();
    setTimeout(() => this.child?.stdio.forEach(stream => stream?.destroy()), 2000).unref();
  }

  private closed(code: number | null, name: NodeJS.Signals | null) {
    this.whenEmpty(Date.now() + 10_000, () => this.conclude(code, name));
  }

  /** bubblewrap ends a moment before its namespace is empty; the exit record is written after. */
  private whenEmpty(until: number, then: () => void) {
    const alive =
      this.initPid !== undefined &&
      this.initStartTime !== null &&
      startTime(this.initPid) === this.initStartTime;
    if (!alive || Date.now() > until) {
      then();
      return;
    }
    signal(this.initPid!, 'SIGKILL');
    setTimeout(() => this.whenEmpty(until, then), 5);
  }

  private conclude(code: number | null, name: NodeJS.Signals | null) {
    const contained = this.spec.containment === 'pid-namespace';
    const neverStarted = (contained && this.initPid === undefined) || LAUNCH_FAILURE.test(this.lastStderr);
    if (neverStarted && !this.ending)
      return this.finish(code, name, 'launch-failed', this.lastStderr || 'the launcher said nothing');
    return this.finish(code, name, this.ending ?? 'exited');
  }

  private finish(code: number | null, name: NodeJS.Signals | null, reason: ExitReason, message?: string) {
    if (this.finished) return;
    clearTimeout(this.deadlineTimer);
    clearTimeout(this.killTimer);
    const record: ExitEvent = {
      event: 'exit',
      ...outcome(code, name),
      reason,
      message: message ?? this.message ?? signalFailure,
      stderrDroppedBytes: this.stderrDropped,
    };
    try {
      this.journal.event(record);
    } catch {
      process.exitCode = 1; // no exit record: the reader sees the run as lost, which is the truth
    }
    this.journal.releaseReserve();
    this.finished = true;
    this.wake();
    this.leave(Date.now() + 5000);
  }

  /** Stays until attached readers have everything, but not for ever: the journal is on disk. */
  private leave(until: number) {
    const waiting = [...this.subscribers.values()].some(subscriber => !subscriber.done);
    if (waiting && Date.now() < until) {
      setTimeout(() => this.leave(until), 20);
      return;
    }
    this.server.close();
    for (const socket of this.sockets) socket.end();
    setTimeout(() => process.exit(), 500).unref();
  }

  private readonly sockets = new Set<net.Socket>();

  private serve(socket: net.Socket) {
    this.sockets.add(socket);
    const splitter = new LineSplitter(MAX_REQUEST_BYTES, () => socket.destroy());
    socket.on('data', chunk => splitter.push(chunk).forEach(line => this.answer(socket, line)));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.subscribers.delete(socket);
    });
  }

  private answer(socket: net.Socket, line: string) {
    let request: ShimRequest;
    try {
      request = JSON.parse(line) as ShimRequest;
    } catch {
      socket.destroy();
      return;
    }
    const subscriber =
      request.op === 'attach' ? new Subscriber(this.journal, socket, request.from) : undefined;
    const error = this.perform(request);
    const reply: ShimReply = error ? { ack: request.ack, error } : { ack: request.ack };
    socket.write(`${JSON.stringify(reply)}\n`);
    if (!subscriber) return;
    this.subscribers.set(socket, subscriber);
    subscriber.pump();
  }

  private perform(request: ShimRequest): string | undefined {
    switch (request.op) {
      case 'attach':
        return undefined;
      case 'cancel':
        this.stop('cancelled');
        return undefined;
      case 'deadline':
        return this.moveDeadline(request.at);
      case 'close-input':
        this.note({ event: 'input-closed' });
        this.child?.stdin?.end();
        return undefined;
      case 'send':
        return this.input(request.line);
      default:
        return 'unknown operation';
    }
  }

  private moveDeadline(at: number): string | undefined {
    if (this.ending || this.finished) return 'the run is ending';
    this.armDeadline(at);
    this.note({ event: 'deadline-moved', deadlineAt: at });
    return undefined;
  }

  private input(line: string): string | undefined {
    const stdin = this.child?.stdin;
    if (this.finished || !stdin?.writable) return 'the agent takes no more input';
    if (line.includes('\n')) return 'an input line must not contain a newline';
    if (stdin.writableLength > MAX_QUEUED_INPUT_BYTES) return 'the agent does not read its input';
    this.record('in', [line]);
    stdin.write(`${line}\n`);
    return undefined;
  }
}

/** bubblewrap reports a signal of the agent as 128 + its number, as shells do. */
function outcome(
  code: number | null,
  name: NodeJS.Signals | null,
): { code: number | null; signal: string | null } {
  const names: Record<number, string> = {
    1: 'SIGHUP',
    2: 'SIGINT',
    6: 'SIGABRT',
    9: 'SIGKILL',
    11: 'SIGSEGV',
    13: 'SIGPIPE',
    15: 'SIGTERM',
    24: 'SIGXCPU',
    25: 'SIGXFSZ',
  };
  const signalName = code !== null && code > 128 ? names[code - 128] : undefined;
  return signalName ? { code: null, signal: signalName } : { code, signal: name };
}

/** `run.json` appears whole or not at all, and only once: a second shim for the same run gives up here. */
function claimRun(spec: ShimSpec) {
  const record: RunRecord = {
    runId: spec.runId,
    shim: {
      pid: process.pid,
      startTime: startTime(process.pid)!,
      bootId: fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    },
    containment: spec.containment,
    uid: spec.uid,
    startedAt: Date.now(),
  };
  const temporary = `run.${process.pid}.tmp`;
  fs.writeFileSync(temporary, JSON.stringify(record), { mode: 0o600, flush: true });
  try {
    fs.linkSync(temporary, 'run.json');
  } finally {
    fs.unlinkSync(temporary);
  }
}

/** Descriptors that came from who started us would be passed on to the agent, for bubblewrap passes what it inherits. */
function closeInherited() {
  const CLOSED_ON_EXEC = 0o2000000;
  for (const fd of fs.readdirSync('/proc/self/fd').map(Number)) {
    if (fd <= 2) continue;
    try {
      const flags = /^flags:\s+(\d+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
      if (flags && !(Number.parseInt(flags, 8) & CLOSED_ON_EXEC)) fs.closeSync(fd);
    } catch {
      // the descriptor of the listing itself, closed by now
    }
  }
}

/**
 * Clock ticks from boot to the start of a process: with the pid and the boot id, an identity that is never reused. A
 * zombie has none: it is only waiting to be collected.
 */
function startTime(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

const spec = JSON.parse(fs.readFileSync(0, 'utf8')) as ShimSpec;
process.umask(0o077);
closeInherited();
process.chdir(spec.runDirectory);
claimRun(spec);
new Shim(spec).start();
