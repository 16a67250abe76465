import type { Writable } from 'node:stream';

/**
 * Lets the process live on when whoever reads its output goes away (a closed terminal, `npm start | head`). Unhandled, each
 * failed write is an uncaught exception, whose log entry is the next failed write: a process that logs to nobody at full
 * speed and no longer ends when it is asked to.
 */
export function outliveReaders(streams: readonly Writable[] = [process.stdout, process.stderr]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
