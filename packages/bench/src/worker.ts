import { answerCalls } from './harness/Child';
import { readBenches } from './harness/readBenches';
import { runBench, RunOptions } from './harness/runBench';

/** The process of one bench. */
answerCalls({
  run: async ({ name, ...options }: RunOptions & { name: string }) => {
    const bench = readBenches().find(each => each.name === name);
    if (!bench) throw new Error(`There is no bench ${name}`);
    return runBench(bench, options);
  },
});
