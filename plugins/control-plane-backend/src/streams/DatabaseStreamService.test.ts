import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { onEachDatabase } from '../__testUtils__/onEachDatabase';
import { DatabaseStreamService } from './DatabaseStreamService';

const key = {
  resource: 'agentdispatchruns',
  namespace: 'krate-org-acme',
  name: 'r1',
  uid: 'u1',
  stream: 'transcript',
};

onEachDatabase('DatabaseStreamService', open => {
  let knex: Knex;
  let streams: DatabaseStreamService;
  beforeEach(async () => {
    knex = await open();
    streams = new DatabaseStreamService(knex);
  });
  afterEach(() => knex.destroy());

  it('keeps the order of appends that were not awaited', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => streams.append(key, `${index};`)));
    const { data } = await streams.read(key);
    expect(data.toString()).toBe(Array.from({ length: 20 }, (_, index) => `${index};`).join(''));
  });

  it.each([
    { reason: 'the same append again', offset: 0, data: 'hello', want: 'hello' },
    { reason: 'an append at the end', offset: 5, data: ' you', want: 'hello you' },
    { reason: 'an append that overlaps the end', offset: 3, data: 'lo you', want: 'hello you' },
  ])('takes $reason', async ({ offset, data, want }) => {
    await streams.append(key, 'hello');
    const summary = await streams.append(key, data, { offset });
    expect(summary.length).toBe(want.length);
    expect((await streams.read(key)).data.toString()).toBe(want);
  });

  it('refuses a gap', async () => {
    await expect(streams.append(key, 'x', { offset: 1 })).rejects.toMatchObject({
      reason: 'Conflict',
      details: { causes: [{ reason: 'STREAM_GAP' }] },
    });
  });

  it('addresses bytes by offset over chunk borders, and seals them with their digest', async () => {
    const all = Buffer.alloc(200_000, 0).map((_, index) => index % 251);
    for (let at = 0; at < all.length; at += 7_777)
      await streams.append(key, Buffer.from(all.subarray(at, at + 7_777)));
    const sealed = await streams.seal(key);
    expect(sealed).toMatchObject({
      length: 200_000,
      sealed: true,
      digest: `sha256:${createHash('sha256').update(all).digest('hex')}`,
    });
    expect(await streams.seal(key)).toEqual(sealed);
    const rows = await knex('krate_stream_chunk').orderBy('offset');
    expect(rows.map(row => row.data.length)).toEqual([65536, 65536, 65536, 3392]);
    const { data } = await streams.read(key, { offset: 65_530, maxBytes: 100 });
    expect(data.equals(Buffer.from(all.subarray(65_530, 65_630)))).toBe(true);
  });

  it('takes nothing after the seal but what it already has', async () => {
    await streams.append(key, 'done');
    await streams.seal(key);
    await expect(streams.append(key, '!')).rejects.toMatchObject({
      details: { causes: [{ reason: 'STREAM_SEALED' }] },
    });
    await expect(streams.append(key, 'done', { offset: 0 })).resolves.toMatchObject({ length: 4 });
  });

  it('follows from an offset until the seal', async () => {
    await streams.append(key, 'one ');
    const seen: string[] = [];
    const following = (async () => {
      for await (const chunk of streams.follow(key, { offset: 2, signal: new AbortController().signal })) {
        seen.push(chunk.data.toString());
      }
    })();
    await streams.append(key, 'two ');
    await streams.append(key, 'three');
    await streams.seal(key);
    await following;
    expect(seen.join('')).toBe('e two three');
  });

  it('ends a follow when its signal aborts, also of a stream that does not exist yet', async () => {
    const controller = new AbortController();
    const following = (async () => {
      for await (const chunk of streams.follow(key, { signal: controller.signal })) return chunk;
      return 'ended';
    })();
    controller.abort();
    expect(await following).toBe('ended');
  });

  it('gives a recreated object streams of its own, and deletes an owner’s streams only', async () => {
    await streams.append(key, 'old');
    await streams.append({ ...key, uid: 'u2' }, 'new');
    const { stream: _, ...owner } = key;
    await streams.deleteAll(owner);
    expect(await streams.stat(key)).toBeUndefined();
    expect((await streams.read({ ...key, uid: 'u2' })).data.toString()).toBe('new');
  });
});
