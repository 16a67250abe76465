import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

/** Values, one a line. */
export interface LineWriter {
  write(value: unknown): Promise<void>;
  /** Resolves with the number of lines once they are in the file. */
  close(): Promise<number>;
}

export function writeLines(file: string): LineWriter {
  const stream = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  const done = finished(stream);
  // A failure is told by the next write, or by close.
  done.catch(() => undefined);
  let lines = 0;
  return {
    async write(value) {
      lines += 1;
      if (!stream.write(`${JSON.stringify(value)}\n`)) await Promise.race([once(stream, 'drain'), done]);
    },
    async close() {
      stream.end();
      await done;
      return lines;
    },
  };
}

export async function* readLines<T>(file: string): AsyncGenerator<T> {
  const stream = createReadStream(file);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) yield JSON.parse(line);
  } finally {
    stream.destroy();
  }
}
