import { Bench, defineBenches, Place } from '../harness/Bench';
import { startKrate } from '../servers/startKrate';

/** Spread evenly over the catalog's own second between two looks, so that its phase weighs on no side. */
const WRITES = 8;

async function open({ directory }: Place) {
  const krate = await startKrate({ directory, durability: 'durable', catalog: true });
  let turn = 0;
  const read = async (call: 'toCatalog' | 'rawToCatalog') => ({
    lag: await krate.call<number>(call, { count: WRITES, prefix: `c-${(turn += 1)}` }),
  });
  return { ours: () => read('toCatalog'), peer: () => read('rawToCatalog'), close: () => krate.stop() };
}

const catalog: Bench = {
  name: 'write-to-catalog',
  title: 'a write until the catalog serves the entity, against the delta mutation of a stock provider',
  durability: 'durable',
  rounds: 7,
  figures: [{ name: 'lag', unit: 'ms', reach: { at: 'most', ratio: 1.1 } }],
  open,
};

export default defineBenches(catalog);
