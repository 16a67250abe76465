import { Command } from 'commander';
import { registerDecide } from './commands/decide';
import { registerDispatch } from './commands/dispatch';
import { registerDoctor } from './commands/doctor';
import { registerGitCredential } from './commands/gitCredential';
import { registerKubeconfig } from './commands/kubeconfig';
import { registerLogin } from './commands/login';
import { registerLogs } from './commands/logs';
import { registerMerge } from './commands/merge';
import { registerResources } from './commands/resources';
import { registerStatus } from './commands/status';
import { registerCompletion } from './commands/completion';
import { EXIT } from './CliError';

/** The whole command, one file a verb. */
export function createProgram(): Command {
  const program = new Command('krate')
    .description('Krate from the terminal: the same objects, the same rules as kubectl and the portal.')
    .option('--org <name>', 'organization')
    .option('-n, --namespace <name>', 'namespace, instead of an organization')
    .option('--json', 'print JSON')
    .showHelpAfterError('(krate help <command> says more)')
    .exitOverride(error => {
      // commander's own failures are wrong usage; help and version are not failures.
      process.exit(error.exitCode === 0 ? 0 : EXIT.usage);
    });

  registerLogin(program);
  registerStatus(program);
  registerDoctor(program);
  registerKubeconfig(program);
  registerResources(program);
  registerDispatch(program);
  registerLogs(program);
  registerDecide(program);
  registerMerge(program);
  registerGitCredential(program);
  registerCompletion(program);
  return program;
}
