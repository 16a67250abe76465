import { parseArgs } from 'node:util';
import { Bench } from './Bench';
import { RunOptions } from './runBench';

export const USAGE = `npm run bench [-- options]
  --json FILE   write the lines as JSON too
  --only NAME   only benches whose name begins so; may be given several times
  --quick       short readings: for a look, not for a figure
  --sizes       also the same at 1 000 and 100 000 objects, and how the figures grow
`;

/** Many short rounds: a busy moment then spoils a few ratios and not the median. */
const ROUNDS = 21;
/** Fewer make no quartile. */
const QUICK_ROUNDS = 7;

export interface Options extends RunOptions {
  json?: string;
  only: string[];
  sizes: boolean;
}

/** @throws Error for options there are not */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      sizes: { type: 'boolean', default: false },
    },
  });
  const { json, only, quick, sizes } = values;
  return {
    json,
    only,
    sizes,
    rounds: quick ? QUICK_ROUNDS : ROUNDS,
    effort: quick ? { sampleMs: 60, scale: 0.4 } : { sampleMs: 100, scale: 1 },
  };
}

/** The benches that the options ask for. */
export function chosen(benches: readonly Bench[], { only, sizes }: Pick<Options, 'only' | 'sizes'>): Bench[] {
  const begins = (bench: Bench) => only.length === 0 || only.some(name => bench.name.startsWith(name));
  return benches.filter(bench => only.includes(bench.name) || (begins(bench) && (sizes || !bench.extra)));
}
