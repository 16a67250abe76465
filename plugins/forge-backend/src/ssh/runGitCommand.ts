import type { ServerChannel } from 'ssh2';
import { Wake, ResourceClient } from '@krate/controller-runtime';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { SSHKey } from '@krate/plugin-forge-common';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { GitProcess, GitProcessOptions } from '../transport/GitProcess';
import { openService } from '../transport/openService';
import { KeyUse } from './KeyUse';
import { parseGitCommand } from './parseGitCommand';
import { principalOfKey } from './principalOfKey';

export interface GitCommandOptions extends GitProcessOptions {
  client: Pick<ResourceClient, 'list'>;
  access: RepositoryAccess;
  use: KeyUse;
  wake: Wake;
}

interface Asked {
  channel: ServerChannel;
  command: string;
  /** The protocol version the client wants. */
  protocol?: string;
  /** Those it came in by. */
  keys: readonly SSHKey[];
}

const ANONYMOUS: Principal = { type: 'anonymous' };

/** Runs one command of a client, after the same questions as over HTTP. Resolves when git has ended. */
export async function runGitCommand(options: GitCommandOptions, asked: Asked): Promise<void> {
  const { channel, protocol } = asked;
  const command = parseGitCommand(asked.command);
  if (!command) {
    refuse(channel, 'Only git can be used here: ssh://…/<organization>/<repository>.git');
    return;
  }
  // A key that another organization knows is nobody's here; what is public stays so.
  const namespace = namespaceOf(command.organization);
  const key = asked.keys.find(({ metadata }) => metadata.namespace === namespace);
  const principal = (key && (await principalOfKey(options.client, key, new Date()))) ?? ANONYMOUS;
  const opened = await openService(options, principal, command);
  if (opened.outcome !== 'open') {
    const stranger = opened.outcome === 'sign-in';
    refuse(
      channel,
      stranger ? `Your key opens nothing in ${command.organization}; add it there` : opened.message,
    );
    return;
  }
  if (key && (await options.use.note(key.metadata.uid)))
    options.wake(SSHKey, { namespace, name: key.metadata.name });
  if (opened.name !== command.name)
    channel.stderr.write(`krate: ${command.name} is called ${opened.name} now; use that address\n`);
  const receives = command.service === 'git-receive-pack';
  const git = await GitProcess.start(options, {
    ...{ key: opened.key, principal, receives },
    args: [receives ? 'receive-pack' : 'upload-pack', options.repositories.directory(opened.key)],
    env: protocol ? { GIT_PROTOCOL: protocol } : {},
  });
  await join(channel, git);
  await git.finish();
}

/** Bytes are passed on as they come, at the pace of the slower side. The process is killed when the client goes away. */
async function join(channel: ServerChannel, git: GitProcess): Promise<void> {
  const { child } = git;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  let over = false;
  channel.on('close', () => {
    if (!over) git.kill();
  });
  channel.on('error', () => git.kill());
  // A process that has read enough closes its input early; what it answers says why.
  child.stdin!.on('error', () => {});
  channel.pipe(child.stdin!);
  child.stdout!.pipe(channel, { end: false });
  child.stderr!.pipe(channel.stderr, { end: false });
  const exitCode = await ended;
  over = true;
  channel.exit(exitCode ?? 1);
  channel.end();
}

function refuse(channel: ServerChannel, message: string): void {
  channel.stderr.write(`krate: ${message}\n`);
  channel.exit(1);
  channel.end();
}
