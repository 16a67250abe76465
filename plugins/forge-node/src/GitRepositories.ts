import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { Principal } from '@krate/plugin-control-plane-node';
import { GitError } from './git/GitError';
import { GitRunner } from './git/GitRunner';
import { assertRepositoryKey, assertSha, isFullRef, isSha, ZERO_SHA } from './git/names';
import { answerHook, HOOK_DESCRIPTOR, HookAnswer, HookQuestion, PRE_RECEIVE_HOOK } from './refs/receiveHook';
import {
  RefJudge,
  RefMovedError,
  RefRefusedError,
  RefUpdate,
  RefUpdateOrigin,
  RefUpdateRequest,
} from './refs/RefJudge';

/** Refs that one push may move. */
const MAX_UPDATES = 10_000;

/** Names a repository: an organization's namespace and the Repository's name. */
export interface RepositoryKey {
  namespace: string;
  repository: string;
}

export interface UpdateRefRequest extends RepositoryKey {
  ref: string;
  /** Where the ref shall point; absent deletes it. The object must be in the repository. */
  sha?: string;
  /** Where the caller believes the ref to be; absent: it does not exist. */
  expectedOld?: string;
  principal: Principal;
  origin: RefUpdateOrigin;
  /** See {@link RefUpdate}. */
  mergedHead?: string;
}

export interface PromoteRequest extends RepositoryKey {
  /** A bare repository of the caller's own, holding the commit. */
  from: string;
  sha: string;
  ref: string;
  expectedOld?: string;
  principal: Principal;
}

/**
 * The git repositories below `<data>/git`, and the one way in which code of the server moves their refs. A push, a merge
 * and the write-back of an agent are judged by the same {@link RefJudge}.
 */
export class GitRepositories {
  readonly root: string;
  private judge: RefJudge | undefined;
  private hooksWritten: Promise<string> | undefined;

  constructor(
    readonly dataDirectory: string,
    readonly git: GitRunner = new GitRunner(),
  ) {
    this.root = join(dataDirectory, 'git');
  }

  /** Called once by the forge. Until then every update is refused. */
  useJudge(judge: RefJudge): void {
    this.judge = judge;
  }

  /** `<data>/git/<namespace>/<repository>.git`. Throws on names that are no names; says nothing about existence. */
  directory({ namespace, repository }: RepositoryKey): string {
    assertRepositoryKey(namespace, repository);
    return join(this.root, namespace, `${repository}.git`);
  }

  exists(key: RepositoryKey): boolean {
    return existsSync(join(this.directory(key), 'HEAD'));
  }

  /** The directory of the hooks that every repository's `core.hooksPath` names; written at first use. */
  hooksDirectory(): Promise<string> {
    this.hooksWritten ??= this.writeHooks();
    return this.hooksWritten;
  }

  /** Where `ref` points; undefined when it does not exist. */
  async readRef(key: RepositoryKey, ref: string): Promise<string | undefined> {
    if (!isFullRef(ref)) return undefined;
    const result = await this.git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', ref], {
      gitDir: this.directory(key),
      okCodes: [0, 1, 128],
    });
    const sha = result.stdout.toString().trim();
    return isSha(sha) ? sha : undefined;
  }

  /** Refs below a prefix (`refs/heads/`), by name, with the object each points to. */
  async listRefs(key: RepositoryKey, prefix: string): Promise<{ ref: string; sha: string }[]> {
    const text = await this.git.text(['for-each-ref', '--format=%(objectname) %(refname)', prefix], {
      gitDir: this.directory(key),
    });
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => ({ sha: line.slice(0, 40), ref: line.slice(41) }));
  }

  async isAncestor(
    key: RepositoryKey,
    ancestor: string,
    descendant: string,
    env?: Record<string, string>,
  ): Promise<boolean> {
    assertSha(ancestor);
    assertSha(descendant);
    const result = await this.git.run(['merge-base', '--is-ancestor', ancestor, descendant], {
      gitDir: this.directory(key),
      okCodes: [0, 1],
      env,
    });
    return result.exitCode === 0;
  }

  async mergeBase(key: RepositoryKey, a: string, b: string): Promise<string | undefined> {
    assertSha(a);
    assertSha(b);
    const result = await this.git.run(['merge-base', a, b], { gitDir: this.directory(key), okCodes: [0, 1] });
    const sha = result.stdout.toString().slice(0, 40);
    return isSha(sha) ? sha : undefined;
  }

  /** Whether the repository holds this commit. */
  async hasCommit(key: RepositoryKey, sha: string): Promise<boolean> {
    assertSha(sha);
    const result = await this.git.run(['cat-file', '-e', `${sha}^{commit}`], {
      gitDir: this.directory(key),
      okCodes: [0, 1, 128],
    });
    return result.exitCode === 0;
  }

  /**
   * Moves one ref, if the rules allow it and it is where the caller believes. Throws {@link RefRefusedError} or
   * {@link RefMovedError}; otherwise the ref has moved when this resolves.
   */
  async updateRef(request: UpdateRefRequest): Promise<void> {
    const { ref, sha, expectedOld, mergedHead } = request;
    if (sha) assertSha(sha);
    if (expectedOld) assertSha(expectedOld);
    const forced = await this.isForced(request, { ref, oldSha: expectedOld, newSha: sha });
    const update: RefUpdate = {
      ref,
      oldSha: expectedOld,
      newSha: sha,
      forced,
      ...(mergedHead && { mergedHead }),
    };
    const asked = {
      ...keyOf(request),
      principal: request.principal,
      origin: request.origin,
      updates: [update],
    };
    await this.ask(asked);
    await this.compareAndSwap(request, ref, sha, expectedOld);
    this.judge?.moved?.(asked);
  }

  /**
   * Notes which commit a merge is about to make of a pull request, before the target moves. Nobody but the server writes
   * `refs/krate/`, so that what is noted and on the target was merged, whatever any commit says of itself.
   */
  async noteMerge(key: RepositoryKey, pullRequestUid: string, sha: string): Promise<void> {
    assertSha(sha);
    await this.git.run(['update-ref', '--no-deref', mergeNote(pullRequestUid), sha], {
      gitDir: this.directory(key),
    });
  }

  /** The commit that was noted last for a pull request; whether the target holds it is another question. */
  notedMerge(key: RepositoryKey, pullRequestUid: string): Promise<string | undefined> {
    return this.readRef(key, mergeNote(pullRequestUid));
  }

  /**
   * Keeps commits of a pull request: points `refs/pull/<number>/head` at a commit of the repository. These refs belong to
   * the server; nobody can push to them.
   */
  async keepPullHead(key: RepositoryKey, number: number, sha: string): Promise<void> {
    assertSha(sha);
    const gitDir = this.directory(key);
    await this.git.run(['update-ref', '--no-deref', `refs/pull/${Math.trunc(number)}/head`, sha], { gitDir });
  }

  /**
   * Brings a commit from a quarantine repository to a ref, as a push would: objects are checked (fsck) and stay apart
   * until the rules allowed the update. Throws as {@link updateRef} does.
   */
  async promote(request: PromoteRequest): Promise<void> {
    const { from, sha, ref, expectedOld, principal } = request;
    assertSha(sha);
    if (expectedOld) assertSha(expectedOld);
    if (!isFullRef(ref)) throw new GitError('invalid-name', 'This is not a full ref name');
    const target = this.directory(request);
    await this.nameHooks(target);
    const refusals: RefRefusedError[] = [];
    const child = this.git.spawn(
      [
        'push',
        '--porcelain',
        '--no-verify',
        `--force-with-lease=${ref}:${expectedOld ?? ''}`,
        '--',
        target,
        `${sha}:${ref}`,
      ],
      { gitDir: from, config: { 'protocol.allow': 'never', 'protocol.file.allow': 'always' } },
      ['ignore', 'pipe', 'pipe', 'pipe'],
    );
    const asked = { ...keyOf(request), principal, origin: 'promote' } as const;
    const accepted: RefUpdate[] = [];
    this.serveHook(child.stdio[HOOK_DESCRIPTOR] as Duplex, asked, refusals, accepted);
    const { exitCode, output } = await outcomeOf(child);
    if (refusals.length > 0) throw refusals[0];
    if (exitCode === 0) {
      this.judge?.moved?.({ ...asked, updates: accepted });
      return;
    }
    if (/stale info|fetch first|non-fast-forward|failed to update ref|cannot lock ref/.test(output))
      throw new RefMovedError(ref);
    throw new GitError('failed', 'The commit could not be brought over', {
      args: ['push'],
      exitCode,
      stderr: output,
    });
  }

  /**
   * Answers the receive hook of a git process that was started for `request.principal`. `refused` receives what the judge
   * had against it.
   */
  serveHook(
    socket: Duplex,
    request: Omit<RefUpdateRequest, 'updates'>,
    refused: RefRefusedError[] = [],
    accepted: RefUpdate[] = [],
  ): void {
    void answerHook(socket, question => this.answer(question, request, refused, accepted));
  }

  private async answer(
    question: HookQuestion,
    request: Omit<RefUpdateRequest, 'updates'>,
    refused: RefRefusedError[],
    accepted: RefUpdate[],
  ): Promise<HookAnswer> {
    if (question.updates.length > MAX_UPDATES)
      return { accept: false, say: [`krate: at most ${MAX_UPDATES} refs at once`] };
    const environment = this.incomingObjects(request, question.objects);
    const updates: RefUpdate[] = [];
    // One after another: each may take a process of git.
    for (const update of question.updates)
      updates.push(await this.describeUpdate(request, update, environment));
    try {
      await this.ask({ ...request, updates, environment });
    } catch (error) {
      if (!(error instanceof RefRefusedError)) throw error;
      refused.push(error);
      return {
        accept: false,
        say: error.refusals.map(refusal => `krate: ${refusal.message} [${refusal.rule}]`),
      };
    }
    accepted.push(...updates);
    return { accept: true, say: [] };
  }

  private async describeUpdate(
    key: RepositoryKey,
    update: HookQuestion['updates'][number],
    environment: Record<string, string>,
  ): Promise<RefUpdate> {
    const oldSha = update.oldSha === ZERO_SHA ? undefined : update.oldSha;
    const newSha = update.newSha === ZERO_SHA ? undefined : update.newSha;
    const moved = { ref: update.ref, oldSha, newSha };
    return { ...moved, forced: await this.isForced(key, moved, environment) };
  }

  private async isForced(
    key: RepositoryKey,
    { ref, oldSha, newSha }: Omit<RefUpdate, 'forced'>,
    environment?: Record<string, string>,
  ): Promise<boolean> {
    if (!oldSha || !newSha) return false;
    // Who has a tag keeps it: one that moves is history rewritten, wherever it goes.
    if (ref.startsWith('refs/tags/')) return true;
    return ref.startsWith('refs/heads/') && !(await this.isAncestor(key, oldSha, newSha, environment));
  }

  /** Lets git see the objects that a push brought and that are not part of the repository yet. */
  private incomingObjects(key: RepositoryKey, objects: string | undefined): Record<string, string> {
    const own = join(this.directory(key), 'objects');
    const name = objects?.split('/').pop();
    if (!name || !/^(incoming|tmp_objdir-incoming)-[A-Za-z0-9]+$/.test(name)) return {};
    return { GIT_OBJECT_DIRECTORY: join(own, name), GIT_ALTERNATE_OBJECT_DIRECTORIES: own };
  }

  private async ask(request: RefUpdateRequest): Promise<void> {
    if (!this.judge) throw new GitError('failed', 'The forge is not running yet');
    const refusals = await this.judge.judge(request);
    if (refusals.length > 0) throw new RefRefusedError(refusals);
  }

  private async compareAndSwap(
    key: RepositoryKey,
    ref: string,
    sha: string | undefined,
    old: string | undefined,
  ): Promise<void> {
    const change = sha ? [ref, sha, old ?? ZERO_SHA] : ['-d', ref, old ?? ZERO_SHA];
    try {
      await this.git.run(['update-ref', '--no-deref', ...change], { gitDir: this.directory(key) });
    } catch (error) {
      if ((await this.readRef(key, ref)) !== old) throw new RefMovedError(ref);
      throw error;
    }
  }

  /**
   * A repository that was restored to another place still names the hooks of its old one, and git runs none without a word:
   * then nobody would be asked about what is brought over.
   */
  private async nameHooks(gitDir: string): Promise<void> {
    const hooks = await this.hooksDirectory();
    const { stdout } = await this.git.run(['config', '--local', '--get', 'core.hooksPath'], {
      gitDir,
      okCodes: [0, 1],
    });
    if (stdout.toString('utf8').trim() !== hooks)
      await this.git.run(['config', '--local', 'core.hooksPath', hooks], { gitDir });
  }

  private async writeHooks(): Promise<string> {
    const directory = join(this.root, '.hooks');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'pre-receive');
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, PRE_RECEIVE_HOOK, { mode: 0o700 });
    await rename(fresh, file);
    return directory;
  }
}

function keyOf({ namespace, repository }: RepositoryKey): RepositoryKey {
  return { namespace, repository };
}

function mergeNote(pullRequestUid: string): string {
  const ref = `refs/krate/merges/${pullRequestUid}`;
  if (!isFullRef(ref)) throw new GitError('invalid-name', 'This is not the uid of an object');
  return ref;
}

function outcomeOf(
  child: ReturnType<GitRunner['spawn']>,
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const keep = (chunk: Buffer) => {
      if (output.length < 65_536) output += chunk.toString('utf8');
    };
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    child.on('error', reject);
    child.on('close', exitCode => resolve({ exitCode, output }));
  });
}
