import { connect, Socket } from 'node:net';
import { machineTime } from './machineTime';
import { deferred } from '../harness/deferred';

/** How an event ends on the wire, whatever frames it. */
const END = Buffer.from('}\n');

/** One client of a stream of events: notes when each event was there, and reads nothing of it. */
class Watcher {
  /** When each event was complete, in their order. */
  readonly arrivals: number[] = [];
  private readonly socket: Socket;
  private head = '';
  /** The last byte of the chunk before: an end may be cut in two. */
  private held: Buffer = Buffer.alloc(0);
  private readonly opened = deferred<void>();

  constructor(port: number, request: string) {
    this.socket = connect(port, '127.0.0.1', () => this.socket.write(request));
    this.socket.setNoDelay(true);
    this.socket.on('error', error => this.opened.reject(error));
    this.socket.on('data', data => this.take(data));
  }

  ready(): Promise<void> {
    return this.opened.promise;
  }

  /** From here on nothing is read any more. */
  stall(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    const now = machineTime();
    if (this.head !== 'done') {
      this.head += data.toString('latin1');
      if (!this.head.includes('\r\n\r\n')) return;
      if (!this.head.startsWith('HTTP/1.1 200')) this.opened.reject(new Error(this.head));
      this.head = 'done';
      this.opened.resolve();
      return;
    }
    const text = this.held.length > 0 ? Buffer.concat([this.held, data]) : data;
    for (let at = text.indexOf(END); at >= 0; at = text.indexOf(END, at + 2)) this.arrivals.push(now);
    this.held = text.at(-1) === END[0] ? text.subarray(text.length - 1) : Buffer.alloc(0);
  }
}

/** So many clients of one stream; none of them costs the server more than reading what it wrote. */
export class Watchers {
  private constructor(private readonly watchers: readonly Watcher[]) {}

  static async open(port: number, request: string, count: number, stalled = 0): Promise<Watchers> {
    const watchers = Array.from({ length: count }, () => new Watcher(port, request));
    const stuck = Array.from({ length: stalled }, () => new Watcher(port, request));
    await Promise.all([...watchers, ...stuck].map(watcher => watcher.ready()));
    stuck.forEach(watcher => watcher.stall());
    return new Watchers(watchers);
  }

  /**
   * Waits until each has `total` events since it was opened and answers how long the last of them took, from when each
   * began. Rejects when one is missing: everything is delivered or there is no figure.
   */
  async delays(began: readonly number[], total: number, withinMs: number): Promise<number[]> {
    const deadline = Date.now() + withinMs;
    while (this.watchers.some(({ arrivals }) => arrivals.length < total)) {
      if (Date.now() > deadline) throw new Error(`Not every watcher was told of ${total} events`);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    const first = total - began.length;
    return this.watchers.flatMap(({ arrivals }) =>
      began.map((start, index) => arrivals[first + index] - start),
    );
  }

  close(): void {
    this.watchers.forEach(watcher => watcher.close());
  }
}
