import { writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { Bench } from './harness/Bench';
import { Row } from './harness/judge';
import { describeMachine } from './harness/machine';
import { chosen, Options, readOptions, USAGE } from './harness/options';
import { readBenches } from './harness/readBenches';
import { growthLines, tableOf } from './harness/table';
import { startChild } from './harness/Child';

/*
 * `npm run bench`: every bench in a process of its own, one after another, so that none inherits another's heap or
 * compiled code; then the table.
 */

const WORKER = require.resolve('./worker');

async function rowsOf(bench: Bench, { effort, rounds }: Options): Promise<Row[]> {
  const worker = await startChild(WORKER);
  try {
    return await worker.call<Row[]>('run', { name: bench.name, effort, rounds });
  } finally {
    await worker.stop();
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const benches = chosen(readBenches(), options);
  if (benches.length === 0) throw new Error(`No bench has such a name; there are:\n${names()}`);
  const { node, cpus, cpu, fdatasyncMs, load } = describeMachine(tmpdir());
  print(
    `Node ${node}, ${cpus} x ${cpu}, fdatasync p50 ${fdatasyncMs.toFixed(3)} ms, load ${load.toFixed(2)}`,
  );
  print(`${options.rounds} rounds of ours, peer, peer, ours; ratios are medians of the rounds' ratios\n`);

  const rows: Row[] = [];
  for (const bench of benches) {
    process.stderr.write(`${bench.name}: ${bench.title}\n`);
    const found = await rowsOf(bench, options);
    process.stderr.write(
      found.map(({ name, ratio }) => `  ${name} ${ratio?.toFixed(3) ?? 'no figure'}\n`).join(''),
    );
    rows.push(...found);
  }
  print(tableOf(rows));
  growthLines(benches, rows).forEach(print);
  print(`\nLoad at the end ${loadavg()[0].toFixed(2)}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}

function names(): string {
  return readBenches()
    .map(({ name, title }) => `  ${name}: ${title}`)
    .join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n${USAGE}`);
  process.exitCode = 1;
});
