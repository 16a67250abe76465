import { createReadStream, promises as fs } from 'node:fs';
import type { JournalLine, JournalRecord } from './journal';

/** Name of the journal in a run directory. */
export const JOURNAL_FILE = 'journal.ndjson';

/** Turns a stored line into a record; `offset` is the byte after it. */
export function parseJournalLine(line: string, offset: number): JournalRecord {
  return { ...(JSON.parse(line) as JournalLine), offset };
}

/** Reads the journal file from an offset to its present end. An unfinished last line is left out: it was never said. */
export async function* readJournal(path: string, fromOffset = 0): AsyncGenerator<JournalRecord> {
  const stat = await fs.stat(path).catch(() => undefined);
  if (!stat || stat.size <= fromOffset) return;
  let offset = fromOffset;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start: fromOffset }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
      offset += line.length + 1;
      yield parseJournalLine(line.toString('utf8'), offset);
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
}

/** The last records of a journal without reading all of it: enough to find the exit record. */
export async function readLastRecord(path: string): Promise<JournalLine | undefined> {
  const handle = await fs.open(path, 'r').catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    for (let want = 64 * 1024; ; want *= 8) {
      const length = Math.min(want, size);
      const bytes = Buffer.alloc(length);
      await handle.read(bytes, 0, length, size - length);
      const end = bytes.lastIndexOf(10);
      const start = end > 0 ? bytes.lastIndexOf(10, end - 1) : -1;
      if (end === -1 && length === size) return undefined;
      if (start === -1 && length < size) continue;
      return JSON.parse(bytes.subarray(start + 1, end).toString('utf8')) as JournalLine;
    }
  } finally {
    await handle.close();
  }
}
