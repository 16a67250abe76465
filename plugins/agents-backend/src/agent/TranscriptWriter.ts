import { StreamKey, StreamService } from '@krate/plugin-control-plane-node';
import { TranscriptLine } from './TranscriptRenderer';

const TAIL_BYTES = 256 * 1024;

/**
 * Appends to the transcript of one attempt, each thing once. Every line that comes from the journal says which part of it
 * it covers (`o`), so the transcript itself tells a restarted backend where to go on: there is no second record to differ
 * from it. Lines of one event go in one append, which is whole or not there.
 */
export class TranscriptWriter {
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly streams: StreamService,
    private readonly key: StreamKey,
    private length: number,
    private covered: number,
    private ended: boolean,
  ) {}

  static async open(streams: StreamService, key: StreamKey): Promise<TranscriptWriter> {
    const length = (await streams.stat(key))?.length ?? 0;
    const written = await lastLines(streams, key, length);
    const covered = Math.max(0, ...written.map(line => (typeof line.o === 'number' ? line.o : 0)));
    return new TranscriptWriter(
      streams,
      key,
      length,
      covered,
      written.some(line => line.type === 'ended'),
    );
  }

  /** Lines from the journal; those that are there already are left out. */
  append(lines: readonly TranscriptLine[]): Promise<void> {
    const fresh = lines.filter(line => line.o > this.covered);
    if (fresh.length === 0) return Promise.resolve();
    this.covered = Math.max(...fresh.map(line => line.o));
    return this.write(fresh);
  }

  /** A line that is not in the journal, such as the use of tokens. */
  note(type: string, fields: Record<string, unknown>): Promise<void> {
    return this.write([{ type, ...fields }]);
  }

  /** The last line; then nothing is added any more. */
  async end(reason: string, message: string): Promise<{ length: number; digest?: string }> {
    if (!this.ended) await this.note('ended', { reason, text: message });
    this.ended = true;
    await this.tail;
    const { length, digest } = await this.streams.seal(this.key);
    return { length, ...(digest && { digest }) };
  }

  private write(lines: readonly Record<string, unknown>[]): Promise<void> {
    const t = new Date().toISOString();
    const text = lines.map(line => `${JSON.stringify({ t, ...line })}\n`).join('');
    const written = this.tail.then(() => this.send(text));
    this.tail = written.catch(() => undefined); // whoever appended is told
    return written;
  }

  private async send(text: string): Promise<void> {
    const { length } = await this.streams.append(this.key, text, { offset: this.length });
    this.length = length;
  }
}

async function lastLines(
  streams: StreamService,
  key: StreamKey,
  length: number,
): Promise<Record<string, unknown>[]> {
  for (let want = TAIL_BYTES; ; want *= 8) {
    const offset = Math.max(0, length - want);
    const { data } = await streams.read(key, { offset, maxBytes: want });
    const whole = data
      .toString('utf8')
      .split('\n')
      .slice(offset === 0 ? 0 : 1, -1);
    const lines = whole.map(line => JSON.parse(line) as Record<string, unknown>);
    if (offset === 0 || lines.some(line => typeof line.o === 'number')) return lines;
  }
}
