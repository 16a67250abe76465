import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { StreamChunk, StreamKey, StreamService, StreamSummary } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { Knex } from 'knex';
import { KeyedLock } from './KeyedLock';
import { chunksOf, MAX_CHUNK_BYTES, readBytes } from './streamChunks';

/** How much one read gives without being asked for more or less. */
const DEFAULT_READ_BYTES = 1024 * 1024;
/** Followers look again after this long even unasked: another process may have appended. */
const POLL_MS = 1000;

interface StreamRow {
  id: string;
  resource: string;
  namespace: string;
  name: string;
  uid: string;
  stream: string;
  length: number | string;
  sealed: boolean | number;
  digest: string | null;
}

/**
 * {@link StreamService} on the plugin's database.
 *
 * An append inserts rows and never rewrites one, so its cost does not grow with the stream. Sealing reads the stream
 * once: it computes the digest and joins small rows to chunks of 64 KiB. Appends to one stream are ordered within the
 * process; across processes the length in the stream's row decides, and the loser of a race is told.
 */
export class DatabaseStreamService implements StreamService {
  private readonly lock = new KeyedLock();
  private readonly changes = new EventEmitter().setMaxListeners(0);

  constructor(private readonly knex: Knex) {}

  append(key: StreamKey, data: string | Buffer, options: { offset?: number } = {}): Promise<StreamSummary> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    return this.lock.run(lockKey(key), async () => {
      const row = await this.findOrCreate(key);
      const length = Number(row.length);
      const missing = bytesStillMissing(bytes, length, options.offset);
      if (missing.length === 0) return summaryOf(row);
      if (row.sealed)
        throw refusal('STREAM_SEALED', `The stream ${key.stream} is sealed and takes no more bytes`);
      await this.insert(row.id, length, missing);
      this.changes.emit(row.id);
      return summaryOf({ ...row, length: length + missing.length });
    });
  }

  seal(key: StreamKey): Promise<StreamSummary> {
    return this.lock.run(lockKey(key), async () => {
      const row = await this.findOrCreate(key);
      if (row.sealed) return summaryOf(row);
      const digest = await this.compact(row.id, Number(row.length));
      await this.table().where({ id: row.id }).update({ sealed: true, digest });
      this.changes.emit(row.id);
      return summaryOf({ ...row, sealed: true, digest });
    });
  }

  async stat(key: StreamKey): Promise<StreamSummary | undefined> {
    const row = await this.find(key);
    return row && summaryOf(row);
  }

  async read(key: StreamKey, options: { offset?: number; maxBytes?: number } = {}): Promise<StreamChunk> {
    const offset = options.offset ?? 0;
    const row = await this.find(key);
    if (!row) return { offset, data: Buffer.alloc(0) };
    const data = await readBytes(this.knex, row.id, {
      offset,
      maxBytes: options.maxBytes ?? DEFAULT_READ_BYTES,
    });
    return { offset, data };
  }

  async *follow(
    key: StreamKey,
    options: { offset?: number; signal: AbortSignal },
  ): AsyncIterable<StreamChunk> {
    let offset = options.offset ?? 0;
    while (!options.signal.aborted) {
      // Before the read: what is appended while we read must not be slept over.
      const row = await this.find(key);
      const changed = this.nextChange(row?.id, options.signal);
      const chunk = await this.read(key, { offset, maxBytes: MAX_CHUNK_BYTES });
      if (chunk.data.length > 0) {
        offset += chunk.data.length;
        changed.forget();
        yield chunk;
        continue;
      }
      if (row?.sealed) {
        changed.forget();
        return;
      }
      await changed.promise;
    }
  }

  async deleteAll(owner: Omit<StreamKey, 'stream'>): Promise<void> {
    const { resource, namespace, name, uid } = owner;
    const ids = await this.table().where({ resource, namespace, name, uid }).pluck('id');
    await this.knex('krate_stream_chunk').whereIn('stream_id', ids).delete();
    await this.table().whereIn('id', ids).delete();
  }

  /** The objects that have streams. */
  async owners(): Promise<Omit<StreamKey, 'stream'>[]> {
    return this.table().distinct('resource', 'namespace', 'name', 'uid');
  }

  private async insert(id: string, length: number, bytes: Buffer): Promise<void> {
    await this.knex.transaction(async tx => {
      const moved = await tx<StreamRow>('krate_stream')
        .where({ id, length })
        .update({ length: length + bytes.length });
      if (moved !== 1)
        throw refusal('STREAM_MOVED', 'Another process appended to the stream at the same time');
      await tx.batchInsert('krate_stream_chunk', chunksOf(id, length, bytes), 100);
    });
  }

  /** Joins the stream's rows to full chunks, one chunk at a time, and returns the digest of all bytes. */
  private async compact(id: string, length: number): Promise<string> {
    const hash = createHash('sha256');
    for (let offset = 0; offset < length; offset += MAX_CHUNK_BYTES) {
      const data = await readBytes(this.knex, id, { offset, maxBytes: MAX_CHUNK_BYTES });
      hash.update(data);
      await this.replaceRows(id, offset, data);
    }
    return `sha256:${hash.digest('hex')}`;
  }

  /** Rows may reach over the chunk's end; the tail is kept as a row of its own. */
  private async replaceRows(id: string, offset: number, data: Buffer): Promise<void> {
    const end = offset + data.length;
    await this.knex.transaction(async tx => {
      const rows = await tx('krate_stream_chunk')
        .where('stream_id', id)
        .andWhere('offset', '>=', offset)
        .andWhere('offset', '<', end)
        .orderBy('offset');
      if (rows.length === 1 && rows[0].data.length === data.length) return;
      const last = rows[rows.length - 1];
      const tail: Buffer = last.data.subarray(end - Number(last.offset));
      await tx('krate_stream_chunk')
        .where('stream_id', id)
        .andWhere('offset', '>=', offset)
        .andWhere('offset', '<', end)
        .delete();
      await tx('krate_stream_chunk').insert({ stream_id: id, offset, data });
      if (tail.length > 0) await tx('krate_stream_chunk').insert({ stream_id: id, offset: end, data: tail });
    });
  }

  private nextChange(id: string | undefined, signal: AbortSignal) {
    let forget = () => {};
    const promise = new Promise<void>(resolve => {
      const timer = setTimeout(done, POLL_MS);
      const changes = this.changes;
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        if (id) changes.off(id, done);
        resolve();
      }
      signal.addEventListener('abort', done);
      if (id) changes.on(id, done);
      forget = done;
    });
    return { promise, forget: () => forget() };
  }

  private find(key: StreamKey): Promise<StreamRow | undefined> {
    const { resource, namespace, name, uid, stream } = key;
    return this.table().where({ resource, namespace, name, uid, stream }).first();
  }

  private async findOrCreate(key: StreamKey): Promise<StreamRow> {
    const found = await this.find(key);
    if (found) return found;
    const { resource, namespace, name, uid, stream } = key;
    await this.table()
      .insert({ id: randomUUID(), resource, namespace, name, uid, stream, length: 0, sealed: false })
      .onConflict(['resource', 'namespace', 'name', 'uid', 'stream'])
      .ignore();
    return (await this.find(key))!;
  }

  private table() {
    return this.knex<StreamRow>('krate_stream');
  }
}

/** The part of an append at `offset` that the stream does not have yet: a writer may repeat itself, never leave a gap. */
function bytesStillMissing(bytes: Buffer, length: number, offset = length): Buffer {
  if (offset > length) {
    throw refusal(
      'STREAM_GAP',
      `The stream ends at byte ${length}; an append at ${offset} would leave a gap`,
    );
  }
  return bytes.subarray(Math.min(length - offset, bytes.length));
}

function refusal(code: string, message: string): ApiError {
  return new ApiError('Conflict', message, { causes: [{ reason: code, message }] });
}

function lockKey(key: StreamKey): string {
  return [key.resource, key.namespace, key.name, key.uid, key.stream].join('/');
}

function summaryOf(row: StreamRow): StreamSummary {
  return {
    id: row.id,
    length: Number(row.length),
    digest: row.digest ?? undefined,
    sealed: Boolean(row.sealed),
  };
}
