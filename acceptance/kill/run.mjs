/**
 * `node acceptance/kill/run.mjs [--rounds N] [--seed S]`: `kill -9` in every phase of a run, at moments drawn from the seed.
 * Nothing that was acknowledged is lost, nothing happens twice, and the run reaches its merge.
 */
import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Machine } from '../main-job/Machine.mjs';
import { randomOf } from './random.mjs';
import { playRound } from './round.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? Number(process.argv[at + 1]) : fallback;
};
const rounds = option('rounds', 3);
const seed = option('seed', randomInt(2 ** 31));
const failures = [];

for (let round = 0; round < rounds; round += 1) {
  console.log(`\nround ${round + 1} of ${rounds}, seed ${seed + round}`);
  const machine = new Machine(root);
  try {
    await playRound(machine, root, randomOf(seed + round), console.log);
  } catch (error) {
    failures.push(`seed ${seed + round}: ${error.message}`);
    console.log(`\n${error.stack}\n\nthe backend said:\n${machine.output.slice(-6000)}`);
  } finally {
    if (process.env.KRATE_KEEP) console.log(`kept: ${machine.home}`);
    else await machine.close();
  }
}
console.log(`\n${rounds - failures.length} passed, ${failures.length} failed`);
failures.forEach(failure => console.log(`  ${failure}`));
process.exit(failures.length > 0 ? 1 : 0);
