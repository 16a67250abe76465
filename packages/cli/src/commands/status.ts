import { Command } from 'commander';
import { ApiClient } from '../ApiClient';
import { readConfiguration } from '../Configuration';
import { Context, contextOf } from '../context';
import { print, printJson } from '../output';
import { version } from '../version';

/** A server that has not answered by then counts as absent, when only its version is asked. */
const PATIENCE_MS = 3000;
const ENDED = ['Completed', 'Failed', 'Cancelled'];

/** The version of the server of the login; undefined without a login or an answer. */
async function serverVersion(): Promise<{ server: string; version: string } | undefined> {
  try {
    const configuration = readConfiguration();
    const client = new ApiClient(configuration);
    const { gitVersion } = await client.json<{ gitVersion: string }>('version', {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { server: configuration.server, version: gitVersion };
  } catch {
    // Whoever asks for versions may have no server yet; what is known is told.
    return undefined;
  }
}

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('the server, who you are, and what waits in the organization')
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      const [identity, server] = await Promise.all([
        context.client.json('whoami'),
        context.client.json('version'),
      ]);
      const { organization } = context;
      const counts = organization ? await countWork(context) : undefined;
      if (context.json) {
        printJson({
          server: context.configuration.server,
          version: server.gitVersion,
          user: identity.user ?? identity.name,
          organization,
          ...counts,
        });
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
      const server = await serverVersion();
      if (command.optsWithGlobals().json) printJson({ krate: version, server });
      else print(`krate   ${version}${server ? `\nserver  ${server.version} (${server.server})` : ''}`);
    });
}

async function countWork({ client, namespace }: Context) {
  const [approvals, runs, pullRequests] = await Promise.all(
    ['AgentApproval', 'AgentDispatchRun', 'PullRequest'].map(kind => client.list(kind, namespace())),
  );
  return {
    pendingApprovals: approvals.filter(approval => approval.status?.phase === 'Pending').length,
    activeRuns: runs.filter(run => !ENDED.includes(run.status?.phase)).length,
    openPullRequests: pullRequests.filter(pr => ['Open', 'Draft'].includes(pr.status?.phase)).length,
  };
}
