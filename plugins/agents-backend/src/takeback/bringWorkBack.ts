import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { EffectError } from '@krate/controller-runtime';
import { GitRunner, isSha } from '@krate/plugin-forge-node';
import { AgentProcessError, takeBack } from '../process';
import { ProducedPatch } from '../agent/AgentRunTypes';
import { sandboxedGit, SandboxedGitOptions } from './sandboxedGit';

const MAX_PATCH_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 5000;
const TAKEN = 'refs/krate/taken';
/** The one commit of the run, in its quarantine. */
export const RESULT = 'refs/krate/result';

export interface WorkOptions extends SandboxedGitOptions {
  git: GitRunner;
  quarantine: string;
  /** Where the patch is written. */
  patchFile: string;
  baseSha: string;
  message: { subject: string; author: string; runUid: string; at: Date };
}

/**
 * Takes a run's work out of its workspace as one commit on top of where it started. git in the sandbox only says which
 * files there are; the commit itself (its parent, author, message and time) is made here, in the quarantine, so that
 * nothing of it is the agent's word. Undefined when no file differs.
 *
 * Done anew from the beginning however often it is called, with the same commit as the outcome.
 */
export async function bringWorkBack(options: WorkOptions): Promise<ProducedPatch | undefined> {
  const { quarantine, git, baseSha } = options;
  if (existsSync(quarantine)) await rm(quarantine, { recursive: true, force: true });
  const refspecs = [`${RESULT}:${TAKEN}`];
  try {
    await snapshot(options);
    await takeBack({ ...options, refspecs });
  } catch (error) {
    const message =
      error instanceof AgentProcessError
        ? error.message
        : 'git does not work in the workspace any more: its repository was damaged';
    throw new EffectError('take-back-failed', message);
  }
  const treeOf = (revision: string) =>
    git.text(['rev-parse', '--verify', '--end-of-options', `${revision}^{tree}`], { gitDir: quarantine });
  const tree = await treeOf(TAKEN);
  if (tree === (await treeOf(baseSha))) return undefined;
  const headSha = await commit(options, tree);
  return describe(options, headSha);
}

/** In the sandbox: all files that are not ignored, as a commit that only serves to bring them over. */
async function snapshot(options: WorkOptions): Promise<void> {
  const identity = identityOf({ name: 'agent', at: options.message.at });
  await sandboxedGit(options, ['add', '--all', '--', '.']);
  const tree = await sandboxedGit(options, ['write-tree']);
  const taken = await sandboxedGit(
    options,
    ['commit-tree', tree, '-p', options.baseSha, '-m', 'snapshot'],
    identity,
  );
  await sandboxedGit(options, ['update-ref', RESULT, taken]);
}

async function commit({ git, quarantine, baseSha, message }: WorkOptions, tree: string): Promise<string> {
  const text = `${message.subject}\n\nKrate-Run: ${message.runUid}\n`;
  const headSha = await git.text(['commit-tree', tree, '-p', baseSha, '-F', '-'], {
    gitDir: quarantine,
    input: text,
    env: identityOf({ name: message.author, at: message.at }),
  });
  if (!isSha(headSha)) throw new EffectError('take-back-failed', 'git did not say which commit it made');
  await git.run(['update-ref', RESULT, headSha], { gitDir: quarantine });
  return headSha;
}

function identityOf({ name, at }: { name: string; at: Date }): Record<string, string> {
  const clean = name.replace(/[<>\n\r]/g, ' ').trim() || 'agent';
  const slug =
    clean
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'agent';
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  return Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap(role => [
      [`GIT_${role}_NAME`, clean],
      [`GIT_${role}_EMAIL`, `${slug}@agents.krate.invalid`],
      [`GIT_${role}_DATE`, date],
    ]),
  );
}

async function describe(
  { git, quarantine, baseSha, patchFile }: WorkOptions,
  headSha: string,
): Promise<ProducedPatch> {
  const patch = await patchOf(git, quarantine, baseSha, headSha);
  await writeFile(patchFile, patch, { mode: 0o600 });
  const numbers = await git.text(['diff', '--numstat', '-z', '--no-renames', baseSha, headSha], {
    gitDir: quarantine,
  });
  const files = numbers
    .split('\0')
    .filter(line => line !== '')
    .slice(0, MAX_FILES)
    .map(line => {
      const [additions = '', deletions = '', ...path] = line.split('\t');
      return {
        path: path.join('\t'),
        additions: Number(additions) || 0,
        deletions: Number(deletions) || 0,
        binary: additions === '-',
      };
    });
  return { baseSha, headSha, digest: digestOfPatch(patch), size: patch.length, commits: 1, files };
}

/** The change between two commits, as text; the same bytes whenever it is asked for. */
export async function patchOf(
  git: GitRunner,
  gitDir: string,
  baseSha: string,
  headSha: string,
): Promise<Buffer> {
  const args = [
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--binary',
    '--full-index',
    baseSha,
    headSha,
  ];
  return (await git.run(args, { gitDir, maxBytes: MAX_PATCH_BYTES })).stdout;
}

export function digestOfPatch(patch: Buffer): string {
  return `sha256:${createHash('sha256').update(patch).digest('hex')}`;
}
