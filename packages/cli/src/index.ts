import { createProgram } from './createProgram';
import { CliError } from './CliError';

createProgram()
  .parseAsync(process.argv)
  .catch(error => {
    if (error instanceof CliError) {
      process.stderr.write(`krate: ${error.message}\n`);
      process.exitCode = error.exitCode;
      return;
    }
    process.stderr.write(`krate: ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  });
