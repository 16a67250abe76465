import type { SuiteContext } from '../resourceStore.conformance';
import { create, createMany, take, WIDGETS } from './objects';

export function compactionGuarantees({ store }: SuiteContext): void {
  it('keeps exactly what follows the compacted revision', async () => {
    await createMany(store(), 10);
    await store().compact(6);
    await expect(store().watch({ ...WIDGETS, fromRevision: 5 })).rejects.toMatchObject({ code: 'compacted' });
    const watch = await store().watch({ ...WIDGETS, fromRevision: 6 });
    expect((await take(watch, 4)).map(event => event.revision)).toEqual([7, 8, 9, 10]);
    watch.close();
  });

  it('leaves objects, the revision and running watches alone', async () => {
    const objects = await createMany(store(), 1200);
    const watch = await store().watch({ ...WIDGETS, fromRevision: 1200 });
    await store().compact(1200);
    await create(store(), { name: 'z' });
    expect((await take(watch, 1))[0].revision).toBe(1201);
    expect((await store().list(WIDGETS)).items.slice(0, 1200)).toEqual(objects);
    watch.close();
  });

  it('ends a watch that had not read what was forgotten', async () => {
    await createMany(store(), 10);
    const watch = await store().watch({ ...WIDGETS, fromRevision: 0 });
    await store().compact(10);
    await expect(take(watch, 1)).rejects.toMatchObject({ code: 'compacted' });
  });

  it('never goes back', async () => {
    await createMany(store(), 10);
    await store().compact(6);
    await store().compact(3);
    await expect(store().watch({ ...WIDGETS, fromRevision: 4 })).rejects.toMatchObject({ code: 'compacted' });
  });

  it('refuses to forget the future', async () => {
    await expect(store().compact(1)).rejects.toMatchObject({ code: 'future-revision' });
  });
}
