import { Knex } from 'knex';

/** No row holds more, so that a reader may page and a hash may be computed without holding the event loop. */
export const MAX_CHUNK_BYTES = 64 * 1024;

export interface ChunkRow {
  stream_id: string;
  offset: number | string;
  data: Buffer;
}

/** Cuts bytes into rows of at most {@link MAX_CHUNK_BYTES}. */
export function chunksOf(streamId: string, offset: number, data: Buffer): ChunkRow[] {
  const rows: ChunkRow[] = [];
  for (let start = 0; start < data.length; start += MAX_CHUNK_BYTES) {
    rows.push({
      stream_id: streamId,
      offset: offset + start,
      data: data.subarray(start, start + MAX_CHUNK_BYTES),
    });
  }
  return rows;
}

/** Reads from `offset` at most `maxBytes` bytes; fewer when the stream ends before. */
export async function readBytes(
  knex: Knex,
  streamId: string,
  options: { offset: number; maxBytes: number },
): Promise<Buffer> {
  const first = await knex<ChunkRow>('krate_stream_chunk')
    .where('stream_id', streamId)
    .andWhere('offset', '<=', options.offset)
    .max({ offset: 'offset' })
    .first();
  const from = Number(first?.offset ?? 0);
  const parts: Buffer[] = [];
  let gathered = 0;
  let next = from;
  while (gathered < options.maxBytes) {
    const rows = await knex<ChunkRow>('krate_stream_chunk')
      .where('stream_id', streamId)
      .andWhere('offset', '>=', next)
      .orderBy('offset')
      .limit(64);
    if (rows.length === 0) break;
    for (const row of rows) {
      const skip = Math.max(0, options.offset - Number(row.offset));
      const part = row.data.subarray(skip, skip + options.maxBytes - gathered);
      parts.push(part);
      gathered += part.length;
      next = Number(row.offset) + row.data.length;
    }
  }
  return Buffer.concat(parts);
}
