import { FakeClock } from '../testkit/FakeClock';
import { WorkQueue, WorkQueueOptions } from './WorkQueue';

describe('WorkQueue', () => {
  let clock: FakeClock;
  let log: string[];

  beforeEach(() => {
    clock = new FakeClock();
    log = [];
  });

  /** A handler whose runs end when the test says so. */
  function gated() {
    const open = new Map<string, () => void>();
    const handle = (key: string) => {
      log.push(key);
      return new Promise<void>(resolve => open.set(key, resolve));
    };
    return { handle, end: (key: string) => open.get(key)!() };
  }

  function aQueue(options: Partial<WorkQueueOptions> = {}) {
    const handle = async (key: string) => void log.push(key);
    const queue = new WorkQueue({
      handle,
      clock,
      backoff: { base: 5, max: 1_000_000, random: () => 0 },
      ...options,
    });
    queue.start();
    return queue;
  }

  it('collapses adds while a key waits', async () => {
    const queue = aQueue();
    for (let i = 0; i < 1000; i += 1) queue.add('a');
    await clock.settle();
    expect(log).toEqual(['a']);
  });

  it('never runs a key concurrently with itself, and once more when it was added meanwhile', async () => {
    const gate = gated();
    const queue = aQueue({ handle: gate.handle, concurrency: 10 });
    queue.add('a');
    await clock.settle();
    for (let i = 0; i < 10; i += 1) queue.add('a');
    await clock.settle();
    expect(log).toEqual(['a']);
    expect(queue).toMatchObject({ depth: 1, runningCount: 1 });
    gate.end('a');
    await clock.settle();
    expect(log).toEqual(['a', 'a']);
    gate.end('a');
    await clock.settle();
    expect(log).toEqual(['a', 'a']);
    expect(queue).toMatchObject({ depth: 0, runningCount: 0 });
  });

  it('runs at most so many keys at once, in the order of their first add', async () => {
    const gate = gated();
    const queue = aQueue({ handle: gate.handle, concurrency: 2 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) queue.add(key);
    await clock.settle();
    expect(log).toEqual(['a', 'b']);
    queue.add('a');
    gate.end('a');
    await clock.settle();
    expect(log).toEqual(['a', 'b', 'c']);
    gate.end('b');
    gate.end('c');
    await clock.settle();
    expect(log).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('keeps the earliest of several delayed adds', async () => {
    const queue = aQueue();
    queue.addAfter('a', 100);
    queue.addAfter('a', 50);
    queue.addAfter('a', 80);
    await clock.advance(49);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['a']);
    await clock.advance(1000);
    expect(log).toEqual(['a']);
  });

  it('drops the delay of a key that starts for another reason', async () => {
    const queue = aQueue();
    queue.addAfter('a', 100);
    queue.add('a');
    await clock.advance(1000);
    expect(log).toEqual(['a']);
  });

  it('waits longer with each failure of a key, up to a limit, until it is forgotten', async () => {
    const starts: number[] = [];
    const queue: WorkQueue = aQueue({
      handle: async key => {
        starts.push(clock.now());
        queue.retry(key);
      },
    });
    queue.add('a');
    await clock.advance(4_000_000);
    const waits = starts.slice(1).map((at, i) => at - starts[i]);
    expect(waits.slice(0, 5)).toEqual([5, 10, 20, 40, 80]);
    expect(Math.max(...waits)).toBe(1_000_000);
    queue.forget('a');
    expect(queue.failuresOf('a')).toBe(0);
  });

  it('spreads retries over the last fifth of the wait', async () => {
    const queue = aQueue({ backoff: { base: 1000, max: 1000, random: () => 0.999 } });
    queue.retry('a');
    await clock.advance(801);
    expect(log).toEqual(['a']);
  });

  it('survives a handler that rejects, and tries that key again', async () => {
    const errors: unknown[] = [];
    let left = 1;
    const queue = aQueue({
      handle: async key => {
        log.push(key);
        if (key === 'a' && left-- > 0) throw new Error('bug');
      },
      onError: (_key, error) => errors.push(error),
    });
    queue.add('a');
    queue.add('b');
    await clock.advance(10);
    expect(log).toEqual(['a', 'b', 'a']);
    expect(errors).toEqual([new Error('bug')]);
  });

  it('leaves timers their turn while a key wakes itself for ever', async () => {
    let runs = 0;
    const queue: WorkQueue = aQueue({
      handle: async key => {
        runs += 1;
        queue.add(key);
      },
    });
    queue.add('a');
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(runs).toBeGreaterThan(1);
    await queue.stop();
  });

  it('keeps what is added before the start, and on stop waits for what runs and drops the rest', async () => {
    const gate = gated();
    const queue = new WorkQueue({ handle: gate.handle, clock });
    queue.add('a');
    queue.add('b');
    await clock.settle();
    expect(log).toEqual([]);
    queue.start();
    await clock.settle();
    queue.addAfter('c', 1);
    let stopped = false;
    const stop = queue.stop().then(() => (stopped = true));
    await clock.settle();
    expect(stopped).toBe(false);
    gate.end('a');
    await stop;
    queue.add('d');
    await clock.advance(100);
    expect(log).toEqual(['a']);
  });
});
