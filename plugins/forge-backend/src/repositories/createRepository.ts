import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { GitRepositories, GitRunner, RepositoryKey } from '@krate/plugin-forge-node';
import { REPOSITORY_CONFIG } from './layout';

export interface InitialFile {
  path: string;
  content: string;
  executable?: boolean;
}

export interface CreateRepositoryRequest extends RepositoryKey {
  /** The Repository's uid, kept in the repository so that a recreated object is not taken for the old one. */
  uid: string;
  defaultBranch: string;
  initialize?: { message: string; files: readonly InitialFile[] };
}

/** Author and committer of the first commit. */
const KRATE_IDENTITY = {
  GIT_AUTHOR_NAME: 'Krate',
  GIT_AUTHOR_EMAIL: 'krate@localhost',
  GIT_COMMITTER_NAME: 'Krate',
  GIT_COMMITTER_EMAIL: 'krate@localhost',
};

/** The uid of the Repository that a directory belongs to; undefined when there is none. */
export async function ownerOf(
  repositories: GitRepositories,
  key: RepositoryKey,
): Promise<string | undefined> {
  if (!repositories.exists(key)) return undefined;
  const result = await repositories.git.run(['config', '--get', 'krate.uid'], {
    gitDir: repositories.directory(key),
    okCodes: [0, 1],
  });
  return result.stdout.toString().trim() || undefined;
}

/** Makes a bare repository, with its first commit when it shall have one. */
export async function createRepository(
  repositories: GitRepositories,
  request: CreateRepositoryRequest,
): Promise<{ headSha?: string }> {
  return makeAside(repositories, request, async fresh => {
    const headSha = request.initialize && (await firstCommit(repositories.git, fresh, request));
    return { headSha };
  });
}

/**
 * Makes a bare repository aside, has it filled, and moves it into place as the last step: whoever sees the directory sees a
 * whole repository. What another object left under the name goes to the trash.
 *
 * @param fill is given the directory, with HEAD on the default branch
 */
export async function makeAside<T>(
  repositories: GitRepositories,
  request: Omit<CreateRepositoryRequest, 'initialize'>,
  fill: (gitDir: string) => Promise<T>,
): Promise<T> {
  const directory = repositories.directory(request);
  const fresh = join(
    dirname(directory),
    `.${request.repository}.${request.uid}.${randomUUID().slice(0, 8)}.new`,
  );
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  try {
    await initialize(repositories, fresh, request);
    const filled = await fill(fresh);
    // Whatever lies here belongs to no object any more; it is put aside and not destroyed.
    await moveToTrash(repositories, request);
    await rename(fresh, directory);
    return filled;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Takes a repository out of reach at once. It lies in the trash for the days that housekeeping leaves there. Absent is fine. */
export async function moveToTrash(repositories: GitRepositories, key: RepositoryKey): Promise<void> {
  const directory = repositories.directory(key);
  if (!(await exists(directory))) return;
  const trash = join(repositories.root, '.trash');
  await mkdir(trash, { recursive: true, mode: 0o700 });
  const grave = join(trash, `${key.namespace}.${key.repository}.${randomUUID()}`);
  await rename(directory, grave);
  // Its time in the trash begins now, and not when it was last pushed to.
  const now = new Date();
  await utimes(grave, now, now);
}

async function initialize(
  repositories: GitRepositories,
  directory: string,
  request: Omit<CreateRepositoryRequest, 'initialize'>,
): Promise<void> {
  const { git } = repositories;
  await git.run(
    ['init', '--quiet', '--bare', '--template=', `--initial-branch=${request.defaultBranch}`, directory],
    {
      cwd: repositories.root,
    },
  );
  const settings = {
    ...REPOSITORY_CONFIG,
    'core.hooksPath': await repositories.hooksDirectory(),
    'krate.uid': request.uid,
  };
  for (const [name, value] of Object.entries(settings)) {
    await git.run(['config', name, value], { gitDir: directory });
  }
}

/** The first commit, written object by object: there is no work tree in which a path could lead anywhere. */
async function firstCommit(
  git: GitRunner,
  gitDir: string,
  request: CreateRepositoryRequest,
): Promise<string> {
  const env = { GIT_INDEX_FILE: join(gitDir, 'krate-first-index') };
  const entries: string[] = [];
  for (const file of request.initialize!.files) {
    const blob = await git.text(['hash-object', '-w', '--stdin', '--no-filters'], {
      gitDir,
      input: file.content,
    });
    entries.push(`${file.executable ? '100755' : '100644'} ${blob}\t${file.path}\0`);
  }
  await git.run(['update-index', '-z', '--index-info'], { gitDir, env, input: entries.join('') });
  const tree = await git.text(['write-tree'], { gitDir, env });
  await rm(env.GIT_INDEX_FILE, { force: true });
  const sha = await git.text(['commit-tree', tree, '-F', '-'], {
    gitDir,
    env: KRATE_IDENTITY,
    input: `${request.initialize!.message}\n`,
  });
  await git.run(['update-ref', `refs/heads/${request.defaultBranch}`, sha], { gitDir });
  return sha;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
