import { Bench, defineBenches, Place } from '../harness/Bench';
import { quantile } from '../harness/statistics';
import { startKrate } from '../servers/startKrate';

async function open({ directory, effort }: Place) {
  const krate = await startKrate({ directory, durability: 'relaxed', reconcile: true });
  const count = Math.max(5, Math.round(15 * effort.scale));
  let turn = 0;
  const read = async (call: 'reconcile' | 'rawReconcile') => {
    const times = await krate.call<number[]>(call, { count, prefix: `r-${(turn += 1)}` });
    return { p50: quantile(times, 0.5) };
  };
  return { ours: () => read('reconcile'), peer: () => read('rawReconcile'), close: () => krate.stop() };
}

const reconcile: Bench = {
  name: 'write-to-reconcile',
  title: 'a write until a reconciler is called, against a watch of the store and a queue in memory',
  durability: 'relaxed',
  figures: [{ name: 'p50', unit: 'ms', reach: { at: 'most', ratio: 2 } }],
  open,
};

export default defineBenches(reconcile);
