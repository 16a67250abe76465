import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { quantile } from './statistics';

const WRITES = 200;
const BLOCK = Buffer.alloc(4096, 1);

/** What the figures depend on beside the code. */
export interface Machine {
  node: string;
  cpus: number;
  cpu: string;
  /** Milliseconds that a write of 4 KB takes to be on disk, at the median. */
  fdatasyncMs: number;
  /** Processes that wanted to run, over the last minute. */
  load: number;
}

export function describeMachine(directory: string): Machine {
  const processors = cpus();
  return {
    node: process.version,
    cpus: processors.length,
    cpu: processors[0]?.model ?? 'unknown',
    fdatasyncMs: fdatasyncMs(directory),
    load: loadavg()[0],
  };
}

/** Also the floor of a durable write: no commit is faster. */
function fdatasyncMs(directory: string): number {
  const file = join(directory, 'fdatasync');
  const descriptor = openSync(file, 'w');
  try {
    const times: number[] = [];
    for (let write = 0; write < WRITES; write += 1) {
      const start = performance.now();
      writeSync(descriptor, BLOCK);
      fdatasyncSync(descriptor);
      times.push(performance.now() - start);
    }
    return quantile(times, 0.5);
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}
