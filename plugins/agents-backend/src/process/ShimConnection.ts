import net from 'node:net';
import { AgentProcessError } from './AgentProcessError';
import type { ShimReply, ShimRequest } from './journal';

type WithoutAck<T> = T extends { ack: number } ? Omit<T, 'ack'> : never;
/** A request without its number, which the connection gives. */
export type ShimCall = WithoutAck<ShimRequest>;

/** One connection to a shim's control socket: numbered requests out, acknowledgements and journal lines in. */
export class ShimConnection {
  private next = 1;
  private rest: Buffer[] = [];
  private readonly waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  private readonly closed: Promise<void>;

  private constructor(
    private readonly socket: net.Socket,
    private readonly onJournal: (line: string, bytes: number) => void,
  ) {
    socket.on('data', chunk => this.read(chunk));
    socket.on('error', () => socket.destroy());
    this.closed = new Promise(resolve => {
      socket.once('close', () => {
        this.rejectAll();
        resolve();
      });
    });
  }

  /** Resolves to undefined where no shim listens. */
  static open(
    path: string,
    onJournal: (line: string, bytes: number) => void = () => {},
  ): Promise<ShimConnection | undefined> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(path);
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        resolve(new ShimConnection(socket, onJournal));
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
        else reject(error);
      });
    });
  }

  /** Resolves when the shim acknowledged. @throws AgentProcessError NOT_RUNNING with the shim's words */
  call(request: ShimCall): Promise<void> {
    const ack = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(ack, { resolve, reject });
      if (this.socket.destroyed) this.rejectAll();
      else this.socket.write(`${JSON.stringify({ ...request, ack })}\n`);
    });
  }

  /** Resolves once the connection is over, from whichever side. */
  whenClosed(): Promise<void> {
    return this.closed;
  }

  /** Stops taking data until `resume`; the shim then waits as well. */
  pause() {
    this.socket.pause();
  }

  resume() {
    this.socket.resume();
  }

  close() {
    this.socket.destroy();
  }

  private read(chunk: Buffer) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...this.rest, chunk.subarray(start, end)]);
      this.rest = [];
      start = end + 1;
      this.take(line.toString('utf8'), line.length + 1);
    }
    if (start < chunk.length) this.rest.push(chunk.subarray(start));
  }

  private take(line: string, bytes: number) {
    if (!line.startsWith('{"ack":')) {
      this.onJournal(line, bytes);
      return;
    }
    const reply = JSON.parse(line) as ShimReply;
    const waiting = this.waiting.get(reply.ack);
    this.waiting.delete(reply.ack);
    if (reply.error)
      waiting?.reject(new AgentProcessError('NOT_RUNNING', `The agent did not take it: ${reply.error}`));
    else waiting?.resolve();
  }

  private rejectAll() {
    for (const { reject } of this.waiting.values())
      reject(new AgentProcessError('NOT_RUNNING', 'The shim of the run ended'));
    this.waiting.clear();
  }
}
