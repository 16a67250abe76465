import { pipeline } from 'node:stream/promises';
import { Response } from 'express';
import { ApiError } from '@krate/resource-model';
import { GitOptions, GitRepositories, isBranchName } from '@krate/plugin-forge-node';
import { readBlame } from '../git/readBlame';
import { readCommits } from '../git/readCommits';
import { readDivergence } from '../git/readDivergence';
import { readTags } from '../git/readTags';
import { fresh, json, notFound, numberOf, pathOf } from './answers';
import type { Context } from './createReadRouter';

const FORMATS = { zip: 'application/zip', 'tar.gz': 'application/gzip' } as const;
/** Branches whose distance from the default one is told at once. */
const MAX_COMPARED = 100;
const MAX_COMMITS = 250;

export interface CodeRoutesOptions {
  at(path: string, handler: (context: Context) => Promise<unknown>): unknown;
  repositories: GitRepositories;
  commitOf(context: Context, name: unknown): Promise<string>;
}

/** Who wrote a line, what a tag names, how far branches have gone apart, and downloads. */
export function codeRoutes({ at, repositories, commitOf }: CodeRoutesOptions): void {
  const { git } = repositories;

  at('blame', async context => {
    const { request, response, gitDir } = context;
    const path = pathOf(request);
    const commit = await commitOf(context, request.query.ref);
    if (fresh(request, response, `blame:${commit}:${path}`)) return;
    const blame = path === '' ? undefined : await readBlame(git, gitDir, commit, path);
    if (!blame) throw notFound('There is no such file at this commit');
    response.json({ commit, path, ...blame });
  });

  at('tags', async ({ request, response, gitDir }) =>
    json(request, response, { items: await readTags(git, gitDir) }),
  );

  at('divergence', async ({ request, response, repository, key }) => {
    const names = [request.query.branch]
      .flat()
      .filter(name => typeof name === 'string' && isBranchName(name));
    const { defaultBranch } = repository.spec;
    const branches = names.slice(0, MAX_COMPARED) as string[];
    json(request, response, {
      base: defaultBranch,
      items: await readDivergence(repositories, key, defaultBranch, branches),
    });
  });

  at('compare/commits', async context => {
    const { request, response, gitDir } = context;
    const base = await commitOf(context, request.query.base);
    const head = await commitOf(context, request.query.head);
    if (fresh(request, response, `commits:${base}:${head}`)) return;
    const limit = numberOf(request.query.limit, MAX_COMMITS, MAX_COMMITS);
    response.json({
      baseSha: base,
      headSha: head,
      ...(await readCommits(git, gitDir, [head, `^${base}`], { limit })),
    });
  });

  at('raw', async context => {
    const { request, response, gitDir } = context;
    const path = pathOf(request);
    const commit = await commitOf(context, request.query.ref);
    const found = await git.run(['cat-file', '--batch-check'], { gitDir, input: `${commit}:${path}\n` });
    const [sha, type, size] = found.stdout.toString().trim().split(' ');
    if (path === '' || type !== 'blob') throw notFound('There is no such file at this commit');
    if (fresh(request, response, sha)) return;
    download(response, path.split('/').pop()!, 'application/octet-stream');
    response.setHeader('content-length', size);
    await send(response, ['cat-file', 'blob', sha], { gitDir });
  });

  at('archive', async context => {
    const { request, response, gitDir, key } = context;
    const format = request.query.format === 'tar.gz' ? 'tar.gz' : 'zip';
    const commit = await commitOf(context, request.query.ref);
    const name = `${key.repository}-${commit.slice(0, 12)}`;
    if (fresh(request, response, `${format}:${commit}`)) return;
    download(response, `${name}.${format}`, FORMATS[format]);
    await send(response, ['archive', `--format=${format}`, `--prefix=${name}/`, commit], { gitDir });
  });

  /** Passes on what git writes, at the pace of the reader; git ends when the reader goes away. */
  async function send(response: Response, args: readonly string[], options: GitOptions): Promise<void> {
    const child = git.spawn(args, options, ['ignore', 'pipe', 'ignore']);
    const code = new Promise<number | null>((resolve, reject) =>
      child.on('close', resolve).on('error', reject),
    );
    response.on('close', () => child.kill('SIGTERM'));
    await pipeline(child.stdout!, response, { end: false }).catch(() => child.kill('SIGTERM'));
    // What came short must not look whole: the connection is cut instead of ended.
    if ((await code) === 0) response.end();
    else response.destroy();
  }
}

/** Somebody else's bytes from our own origin: to be kept, never to be shown. */
function download(response: Response, name: string, type: string): void {
  if (response.headersSent) throw new ApiError('InternalError', 'The answer has begun already');
  response.setHeader('content-type', type);
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'private, no-cache, no-transform');
}
