import { createHash } from 'node:crypto';
import { StreamKey, StreamService, StreamSummary } from '@krate/plugin-control-plane-node';

/** Streams in memory, with the rules of the real ones about offsets and seals. */
export class FakeStreams implements StreamService {
  private readonly streams = new Map<string, { data: Buffer; sealed: boolean }>();

  async append(
    key: StreamKey,
    data: string | Buffer,
    options: { offset?: number } = {},
  ): Promise<StreamSummary> {
    const stream = this.streams.get(idOf(key)) ?? { data: Buffer.alloc(0), sealed: false };
    const bytes = Buffer.from(data as string);
    const offset = options.offset ?? stream.data.length;
    if (offset > stream.data.length) throw new Error('a gap in the stream');
    const missing = bytes.subarray(stream.data.length - offset);
    if (missing.length > 0 && stream.sealed) throw new Error('the stream is sealed');
    stream.data = Buffer.concat([stream.data, missing]);
    this.streams.set(idOf(key), stream);
    return this.summary(key);
  }

  async seal(key: StreamKey): Promise<StreamSummary> {
    const stream = this.streams.get(idOf(key)) ?? { data: Buffer.alloc(0), sealed: false };
    this.streams.set(idOf(key), { ...stream, sealed: true });
    return this.summary(key);
  }

  async stat(key: StreamKey): Promise<StreamSummary | undefined> {
    return this.streams.has(idOf(key)) ? this.summary(key) : undefined;
  }

  async read(key: StreamKey, { offset = 0, maxBytes = Infinity } = {}) {
    return {
      offset,
      data: (this.streams.get(idOf(key))?.data ?? Buffer.alloc(0)).subarray(offset, offset + maxBytes),
    };
  }

  async *follow(key: StreamKey, { offset }: { offset?: number }) {
    yield await this.read(key, { offset });
  }

  async deleteAll({ uid }: { uid: string }): Promise<void> {
    for (const id of [...this.streams.keys()]) if (id.includes(`/${uid}/`)) this.streams.delete(id);
  }

  private summary(key: StreamKey): StreamSummary {
    const { data, sealed } = this.streams.get(idOf(key))!;
    const digest = `sha256:${createHash('sha256').update(data).digest('hex')}`;
    return { id: idOf(key), length: data.length, sealed, ...(sealed && { digest }) };
  }
}

function idOf(key: StreamKey): string {
  return `${key.resource}/${key.uid}/${key.stream}`;
}
