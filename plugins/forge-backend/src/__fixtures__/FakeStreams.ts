import { createHash } from 'node:crypto';
import { StreamKey, StreamService } from '@krate/plugin-control-plane-node';

/** A StreamService in memory, for what writes to one. */
export class FakeStreams implements StreamService {
  private readonly streams = new Map<string, { data: Buffer; sealed: boolean }>();

  text(name: string, stream = 'log'): string {
    return (
      [...this.streams]
        .find(([id]) => id.includes(`/${name}/`) && id.endsWith(`/${stream}`))?.[1]
        .data.toString() ?? ''
    );
  }

  async append(key: StreamKey, data: string | Buffer) {
    const stream = this.at(key);
    if (stream.sealed) throw new Error('The stream is sealed');
    stream.data = Buffer.concat([stream.data, Buffer.from(data as string)]);
    return this.summary(key);
  }

  async seal(key: StreamKey) {
    this.at(key).sealed = true;
    return this.summary(key);
  }

  async stat(key: StreamKey) {
    return this.streams.has(idOf(key)) ? this.summary(key) : undefined;
  }

  async read(key: StreamKey, { offset = 0 } = {}) {
    return { offset, data: this.at(key).data.subarray(offset) };
  }

  async *follow(key: StreamKey, { offset = 0 }: { offset?: number }) {
    yield { offset, data: this.at(key).data.subarray(offset) };
  }

  async deleteAll(): Promise<void> {
    this.streams.clear();
  }

  private at(key: StreamKey) {
    const found = this.streams.get(idOf(key)) ?? { data: Buffer.alloc(0), sealed: false };
    this.streams.set(idOf(key), found);
    return found;
  }

  private summary(key: StreamKey) {
    const { data, sealed } = this.at(key);
    const digest = sealed ? `sha256:${createHash('sha256').update(data).digest('hex')}` : undefined;
    return { id: idOf(key), length: data.length, digest, sealed };
  }
}

function idOf({ resource, namespace, name, uid, stream }: StreamKey): string {
  return `${resource}/${namespace}/${name}/${uid}/${stream}`;
}
