import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ApiError } from '@krate/resource-model';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import { PullRequest, Repository } from '@krate/plugin-forge-common';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { answerError, fresh, json, notFound, numberOf, pathOf } from './answers';
import { codeRoutes } from './codeRoutes';
import { createSearchHandler } from './createSearchHandler';
import { EMPTY_TREE } from '../git/compareCommits';
import { readBlob } from '../git/readBlob';
import { readCommits } from '../git/readCommits';
import { readDiff } from '../git/readDiff';
import { readTree } from '../git/readTree';
import { SignatureVerifier } from '../keys/SignatureVerifier';
import { resolveCommit } from '../git/resolveCommit';

export interface ReadRouterOptions {
  controlPlane: Pick<ControlPlane, 'client' | 'authorize' | 'authenticate' | 'logger'>;
  repositories: GitRepositories;
  signatures: SignatureVerifier;
}

/** Greatest answers. */
export const READ_LIMITS = { blobBytes: 5 * 1024 * 1024, entries: 10_000, commits: 100 };

/** A request about a repository that its sender may read. */
export interface Context {
  request: Request;
  response: Response;
  repository: Repository;
  key: RepositoryKey;
  gitDir: string;
}

/** What the screens and the CLI read of a repository: branches, trees, files, commits, differences. */
export function createReadRouter({ controlPlane, repositories, signatures }: ReadRouterOptions): Router {
  const router = PromiseRouter();
  const access = new RepositoryAccess(controlPlane);
  const { git } = repositories;
  const at = (path: string, handler: (context: Context) => Promise<unknown>) =>
    router.get(`/:organization/:repository/${path}`, async (request, response) => {
      try {
        await handler(await open(request, response));
      } catch (error) {
        answerError(error, response);
      }
    });

  at('branches', async ({ response, request, repository, gitDir }) => {
    const format =
      '%(objectname)%00%(refname:lstrip=2)%00%(committerdate:iso-strict)%00%(authorname)%00%(contents:subject)';
    const text = await git.text(
      ['for-each-ref', `--format=${format}`, '--sort=-committerdate', '--count=2000', 'refs/heads/'],
      { gitDir },
    );
    const { defaultBranch } = repository.spec;
    const items = text
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [sha, name, committedAt, author, subject] = line.split('\0');
        return { name, sha, committedAt, author, subject, default: name === defaultBranch };
      });
    json(request, response, { defaultBranch, items });
  });

  at('tree', async context => {
    const { request, response, gitDir } = context;
    const path = pathOf(request);
    const commit = await commitOf(context, request.query.ref);
    if (fresh(request, response, `${commit}:${path}`)) return;
    const tree = await readTree(git, gitDir, commit, path, READ_LIMITS.entries);
    if (!tree) throw notFound('There is no such directory at this commit');
    response.json({ sha: commit, path, ...tree });
  });

  at('blob', async context => {
    const { request, response, gitDir } = context;
    const path = pathOf(request);
    const commit = await commitOf(context, request.query.ref);
    const blob = path === '' ? undefined : await readBlob(git, gitDir, commit, path, READ_LIMITS.blobBytes);
    if (!blob) throw notFound('There is no such file at this commit');
    const asJson = request.query.format === 'json';
    if (fresh(request, response, `${blob.sha}:${asJson}`)) return;
    const { sha, size, binary, truncated } = blob;
    if (asJson) {
      response.json({
        commit,
        path,
        sha,
        size,
        binary,
        truncated,
        ...(binary ? {} : { text: blob.content.toString('utf8') }),
      });
      return;
    }
    // Somebody else's bytes from our own origin: never anything a browser would run.
    response.setHeader('content-security-policy', "default-src 'none'; sandbox");
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('x-krate-size', String(size));
    response.setHeader('x-krate-binary', String(binary));
    response.setHeader('x-krate-truncated', String(truncated));
    response.type(binary ? 'application/octet-stream' : 'text/plain; charset=utf-8').send(blob.content);
  });

  at('commits', async context => {
    const { request, response, gitDir } = context;
    const path = pathOf(request);
    const commit = await commitOf(context, request.query.ref);
    const limit = numberOf(request.query.limit, 30, READ_LIMITS.commits);
    const skip = numberOf(request.query.skip, 0, 100_000);
    if (fresh(request, response, `${commit}:${path}:${limit}:${skip}`)) return;
    response.json({ sha: commit, ...(await readCommits(git, gitDir, [commit], { path, limit, skip })) });
  });

  router.get('/:organization/-/search', createSearchHandler({ controlPlane, repositories, access }));
  codeRoutes({ at, repositories, commitOf });

  at('commit/:sha', async context => {
    const { request, response, gitDir, key } = context;
    const commit = await commitOf(context, request.params.sha);
    const { items } = await readCommits(git, gitDir, [commit], { limit: 1 });
    // Keys come and go: the same commit may be signed by somebody known today and not tomorrow.
    const [signature] = await signatures.verify(key, `${commit}\n^${commit}^@\n`);
    if (fresh(request, response, `${commit}:${signature?.signer ?? signature?.problem}`)) return;
    const diff = await readDiff(git, gitDir, items[0].parents[0] ?? EMPTY_TREE, commit);
    response.json({ commit: items[0], signature, ...diff });
  });

  at('compare', async context => {
    const { request, response } = context;
    const base = await commitOf(context, request.query.base);
    const head = await commitOf(context, request.query.head);
    await answerDiff(context, base, head, response);
  });

  at('pulls/:name/diff', async context => {
    const { base, head } = await pullOf(context);
    await answerDiff(context, base, head, context.response);
  });

  at('pulls/:name/commits', async context => {
    const { request, response, gitDir } = context;
    const { base, head } = await pullOf(context);
    if (fresh(request, response, `${base}:${head}`)) return;
    const limit = numberOf(request.query.limit, READ_LIMITS.commits, READ_LIMITS.commits);
    const range = base ? [head, `^${base}`] : [head];
    response.json({
      headSha: head,
      ...(await readCommits(git, gitDir, range, { limit, skip: numberOf(request.query.skip, 0, 100_000) })),
    });
  });

  return router;

  async function open(request: Request, response: Response): Promise<Context> {
    const principal: Principal = await controlPlane.authenticate(request);
    const decision = await access.decide(
      principal,
      request.params.organization,
      request.params.repository,
      'get',
    );
    if (decision.outcome === 'sign-in') throw new ApiError('Unauthorized', 'Sign in to read this repository');
    if (decision.outcome !== 'allowed')
      throw notFound('There is no such repository, or it is hidden from you');
    const { repository } = decision;
    const key = { namespace: repository.metadata.namespace!, repository: repository.metadata.name };
    if (!repositories.exists(key))
      throw new ApiError('ServiceUnavailable', 'The repository is still being made', {
        retryAfterSeconds: 2,
      });
    response.setHeader('cache-control', 'private, no-cache');
    response.setHeader('vary', 'authorization, cookie');
    return { request, response, repository, key, gitDir: repositories.directory(key) };
  }

  async function commitOf({ key, repository }: Context, name: unknown): Promise<string> {
    const wanted = typeof name === 'string' && name !== '' ? name : repository.spec.defaultBranch;
    const commit = await resolveCommit(repositories, key, wanted);
    if (!commit)
      throw notFound(
        name ? 'There is no such branch, tag or commit' : 'The default branch has no commits yet',
      );
    return commit;
  }

  /** The commits whose difference a pull request is: for a merged one those of the moment of the merge. */
  async function pullOf({ request, key }: Context): Promise<{ base: string | undefined; head: string }> {
    const pull = await controlPlane.client.get(PullRequest, {
      namespace: key.namespace,
      name: request.params.name,
    });
    if (!pull || pull.spec.repository !== key.repository)
      throw notFound('There is no such pull request in this repository');
    const recorded = pull.status?.headSha;
    const settled = pull.status?.phase === 'Merged' || pull.status?.phase === 'Closed';
    const source = settled ? undefined : await resolveCommit(repositories, key, pull.spec.sourceRef);
    const head = source ?? (recorded && (await resolveCommit(repositories, key, recorded)));
    if (!head) throw notFound('The source branch does not exist');
    if (pull.status?.phase === 'Merged')
      return { base: pull.status.mergeBaseSha ?? pull.status.baseSha, head };
    return { base: await resolveCommit(repositories, key, pull.spec.targetRef), head };
  }

  async function answerDiff(
    { request, gitDir, key }: Context,
    base: string | undefined,
    head: string,
    response: Response,
  ) {
    const mergeBase = base && (await repositories.mergeBase(key, base, head));
    if (fresh(request, response, `${mergeBase}:${head}`)) return;
    const diff = await readDiff(git, gitDir, mergeBase ?? EMPTY_TREE, head);
    response.json({ baseSha: base, mergeBaseSha: mergeBase, headSha: head, ...diff });
  }
}
