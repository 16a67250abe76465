import { createInterface } from 'node:readline/promises';
import { readKinds } from '../generate/readKinds';
import { ROOT } from '../workspace/readWorkspace';
import { applyScaffold } from './applyScaffold';
import { finish } from './finish';
import { Making, MAKINGS, usage } from './questions';
import { ScaffoldError } from './Scaffold';

async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const words = args.filter(argument => !argument.startsWith('--'));
  const name = words.splice(0, words[0] === 'remove' ? 2 : 1).join(' ');
  const making = MAKINGS.find(each => each.name === name);
  if (!making) throw new ScaffoldError(`${name ? `there is no new ${name}` : 'new what?'}\n\n${usage()}`);

  const values = await complete(making, words);
  const scaffold = making.make({ root: ROOT, kinds: () => readKinds() }, values);
  const paths = await applyScaffold(ROOT, scaffold);
  tell('removed', scaffold.removes ?? []);
  tell('wrote', paths);
  if (!quick) finish(ROOT, scaffold);
  tell('next', scaffold.next);
}

function tell(heading: string, lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${heading}\n${lines.map(line => `  ${line}\n`).join('')}`);
}

/** Asks for what the command line lacks; without a person to ask, says so. */
async function complete(making: Making, given: readonly string[]): Promise<string[]> {
  const missing = making.arguments.slice(given.length);
  if (missing.length === 0) return given.slice(0, making.arguments.length);
  if (!process.stdin.isTTY)
    throw new ScaffoldError(`<${missing.map(part => part.name).join('> <')}> is missing\n\n${usage()}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const values = [...given];
  for (const { question } of missing) values.push((await terminal.question(`${question} `)).trim());
  terminal.close();
  return values;
}

main(process.argv.slice(2)).catch(error => {
  const message = error instanceof ScaffoldError ? error.message : (error?.stack ?? error);
  process.stderr.write(`new: ${message}\n`);
  process.exitCode = 1;
});
