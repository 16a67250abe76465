import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextOf } from '../context';
import { print, printJson } from '../output';

const version = () => JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).version as string;

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('the server, who you are, and what waits in the organization')
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      const [identity, server] = await Promise.all([context.client.json('whoami'), context.client.json('version')]);
      const organization = command.optsWithGlobals().org ?? context.configuration.organization;
      const counts = organization ? await countWork(context) : undefined;
      if (context.json) {
        printJson({ server: context.configuration.server, version: server.gitVersion, user: identity.user ?? identity.name, organization, ...counts });
        return;
      }
      print(`server        ${context.configuration.server} (${server.gitVersion})`);
      print(`user          ${identity.user ?? identity.name}`);
      if (!counts) return;
      print(`organization  ${organization}`);
      print(`approvals     ${counts.pendingApprovals} waiting`);
      print(`runs          ${counts.activeRuns} under way`);
      print(`pull requests ${counts.openPullRequests} open`);
    });

  program
    .command('version')
    .description('the versions of this command and of the server')
    .action(async (_options, command: Command) => {
      const { json } = command.optsWithGlobals();
      if (json) printJson({ krate: version() });
      else print(`krate ${version()}`);
    });
}

async function countWork({ client, namespace }: ReturnType<typeof contextOf>) {
  const [approvals, runs, pullRequests] = await Promise.all(
    ['AgentApproval', 'AgentDispatchRun', 'PullRequest'].map(kind => client.list(kind, namespace())),
  );
  return {
    pendingApprovals: approvals.filter(approval => approval.status?.phase === 'Pending').length,
    activeRuns: runs.filter(run => !['Completed', 'Failed', 'Cancelled'].includes(run.status?.phase)).length,
    openPullRequests: pullRequests.filter(pr => ['Open', 'Draft'].includes(pr.status?.phase)).length,
  };
}
