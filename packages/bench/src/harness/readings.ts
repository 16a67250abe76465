import { performance } from 'node:perf_hooks';
import { quantile } from './statistics';

/** Acts per second while `clients` of them are under way at any time. */
export async function rateOf(
  act: () => Promise<unknown>,
  { clients = 1, forMs }: { clients?: number; forMs: number },
): Promise<number> {
  let acts = 0;
  const start = performance.now();
  const end = start + forMs;
  const client = async () => {
    while (performance.now() < end) {
      await act();
      acts += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (acts * 1000) / (performance.now() - start);
}

/** Milliseconds that an act takes, at the median of so many. */
export async function timeOf(act: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await act();
    taken.push(performance.now() - start);
  }
  return quantile(taken, 0.5);
}
