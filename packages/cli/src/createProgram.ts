import { Command } from 'commander';
import { registerApply } from './commands/apply';
import { registerAudit } from './commands/audit';
import { registerBackup } from './commands/backup';
import { registerCompletion } from './commands/completion';
import { registerDecide } from './commands/decide';
import { registerDelete } from './commands/delete';
import { registerDescribe } from './commands/describe';
import { registerDispatch } from './commands/dispatch';
import { registerDoctor } from './commands/doctor';
import { registerGet } from './commands/get';
import { registerGitCredential } from './commands/gitCredential';
import { registerIssue } from './commands/issue';
import { registerKubeconfig } from './commands/kubeconfig';
import { registerLogin } from './commands/login';
import { registerLogs } from './commands/logs';
import { registerMcp } from './commands/mcp';
import { registerMerge } from './commands/merge';
import { registerOrganization } from './commands/organization';
import { registerRestore } from './commands/restore';
import { registerStatus } from './commands/status';
import { registerToken } from './commands/token';
import { registerWebhook } from './commands/webhook';
import { version } from './version';

/** The whole command, one file a verb. */
export function createProgram(): Command {
  const program = new Command('krate')
    .description('Krate from the terminal: the same objects, the same rules as kubectl and the portal.')
    .option('--org <name>', 'organization')
    .option('-n, --namespace <name>', 'namespace, instead of an organization')
    .option('--json', 'print JSON')
    .showHelpAfterError('(krate help <command> says more)')
    .version(version, '-V, --version', 'the version of this command')
    .exitOverride();

  registerLogin(program);
  registerToken(program);
  registerAudit(program);
  registerBackup(program);
  registerRestore(program);
  registerOrganization(program);
  registerStatus(program);
  registerDoctor(program);
  registerKubeconfig(program);
  registerGet(program);
  registerDescribe(program);
  registerApply(program);
  registerDelete(program);
  registerDispatch(program);
  registerLogs(program);
  registerDecide(program);
  registerMerge(program);
  registerMcp(program);
  registerIssue(program);
  registerWebhook(program);
  registerGitCredential(program);
  registerCompletion(program);
  return program;
}
