/*
 * `npm run reliability -- [story …] [--seeds N] [--seed FIRST] [--postgres]`: tells stories for many seeds, and prints what went
 * wrong with the seed that shows it again.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '@krate/test-postgres';
import { stories } from './stories/stories';

type Name = keyof typeof stories;

async function tell(name: Name, seeds: readonly number[], database?: string): Promise<number> {
  let broken = 0;
  for (const seed of seeds) {
    const started = Date.now();
    const { violations, acknowledged } = await stories[name]({ seed, database });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const outcome = violations.length > 0 ? 'BROKEN' : 'kept';
    print(`${outcome.padEnd(7)}${name} --seed ${seed}  ${acknowledged} acknowledged, ${seconds} s`);
    for (const { rule, message } of violations.slice(0, 20)) print(`       ${rule}: ${message}`);
    if (violations.length > 0) broken += 1;
  }
  return broken;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      postgres: { type: 'boolean', default: false },
    },
  });
  const possible = Object.keys(stories).filter(name => values.postgres || name !== 'roll');
  const names = (positionals.length > 0 ? positionals : possible) as Name[];
  const unknown = names.find(name => !(name in stories));
  if (unknown) throw new Error(`There is no story ${unknown}; there are ${Object.keys(stories).join(', ')}`);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.seed) + index);
  const server = values.postgres ? await startPostgres() : undefined;
  try {
    let broken = 0;
    for (const name of names) broken += await tell(name, seeds, server?.url);
    print(`\n${names.length * seeds.length - broken} kept, ${broken} broken`);
    return broken > 0 ? 1 : 0;
  } finally {
    await server?.dispose();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  },
);
