import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench, Contest, Effort, Unavailable } from './Bench';
import { judge, missingRow, Row } from './judge';
import { measure } from './measure';

/** How a bench is to be run. */
export interface RunOptions {
  effort: Effort;
  rounds: number;
}

/** The lines of one bench. What the machine lacks is said in the lines; every other failure is thrown. */
export async function runBench(bench: Bench, { effort, rounds }: RunOptions): Promise<Row[]> {
  const directory = await mkdtemp(join(process.env.KRATE_BENCH_DIRECTORY ?? tmpdir(), 'krate-bench-'));
  let contest: Contest | undefined;
  try {
    contest = await bench.open({ directory, effort });
    const measured = await measure(contest, Math.min(rounds, bench.rounds ?? rounds));
    return bench.figures.map(figure => judge(bench, figure, measured));
  } catch (error) {
    if (error instanceof Unavailable)
      return bench.figures.map(figure => missingRow(bench, figure, error.message));
    throw error;
  } finally {
    await contest?.close();
    await rm(directory, { recursive: true, force: true });
  }
}
