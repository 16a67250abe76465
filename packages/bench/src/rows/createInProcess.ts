import { join } from 'node:path';
import { SqliteResourceStore } from '@krate/resource-store';
import { Bench, defineBenches, Place } from '../harness/Bench';
import { rateOf } from '../harness/readings';
import { RawTables } from '../sides/RawTables';
import { draftOf, keyOf, nameOf } from '../sides/Sample';
import { seedStore } from '../sides/seedStore';

/** Creates one after another, each awaited: what one writer gets, without the help of group commits. */
async function open(place: Place, mode: 'FULL' | 'NORMAL', size: number) {
  const store = await SqliteResourceStore.open({ file: join(place.directory, 'store'), synchronous: mode });
  const raw = new RawTables(join(place.directory, 'raw'), mode);
  await seedStore(store, size);
  raw.seed(
    Array.from({ length: size }, (_, number) => ({ name: nameOf(number), ...draftOf(nameOf(number)) })),
  );

  let [created, inserted] = [size, size];
  const create = () => {
    const name = nameOf((created += 1));
    return store.write([{ type: 'create', key: keyOf(name), draft: draftOf(name) }]);
  };
  const insert = async () => {
    const name = nameOf((inserted += 1));
    raw.create(name, draftOf(name).json);
  };
  const forMs = place.effort.sampleMs;
  return {
    ours: async () => ({ rate: await rateOf(create, { forMs }) }),
    peer: async () => ({ rate: await rateOf(insert, { forMs }) }),
    close: async () => {
      await store.close();
      raw.close();
    },
  };
}

function creates(mode: 'FULL' | 'NORMAL', size: number, extra = false): Bench {
  const durability = mode === 'FULL' ? 'durable' : 'relaxed';
  const family = `create-in-process-${durability}`;
  return {
    name: size === 1_000 ? family : `${family}-${size / 1000}k`,
    title: 'creates in process, one after another, against a raw transaction of two rows',
    durability,
    size,
    family,
    extra,
    figures: [
      { name: 'rate', unit: 'per second', reach: { at: 'least', ratio: mode === 'FULL' ? 0.8 : 0.5 } },
    ],
    open: place => open(place, mode, size),
  };
}

export default defineBenches(
  creates('FULL', 1_000),
  creates('FULL', 10_000, true),
  creates('FULL', 100_000, true),
  creates('NORMAL', 1_000),
  creates('NORMAL', 10_000, true),
  creates('NORMAL', 100_000, true),
);
