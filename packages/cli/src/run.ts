import { CommanderError } from 'commander';
import { CliError, EXIT } from './CliError';
import { createProgram } from './createProgram';

/** Runs one command line (without the program's own name) and answers with the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  // commander has said it already. Its own failures are wrong usage; help and version are none.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof CliError) {
    process.stderr.write(`krate: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`krate: ${error instanceof Error ? error.stack : error}\n`);
  return EXIT.failed;
}
