import { Request, RequestHandler, Response } from 'express';
import { ApiError } from '@krate/resource-model';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { GitRepositories, isRepositoryName, isTreePath } from '@krate/plugin-forge-node';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { CodeMatch, searchCode } from '../git/searchCode';
import { answerError } from './answers';

/** Bounds of one search over an organization. */
const LIMITS = { matches: 500, perRepository: 100, timeMs: 20_000, at: 2, queryLength: 200 };

export interface SearchOptions {
  controlPlane: Pick<ControlPlane, 'client' | 'authenticate'>;
  repositories: GitRepositories;
  access: RepositoryAccess;
}

/**
 * Code search over the default branches of an organization's repositories, those the caller may read: `q`, and optionally
 * `repository`, `path` (a directory or file), `regex=1`, `case=1`. The text is sought as it is unless it is an expression.
 */
export function createSearchHandler(options: SearchOptions): RequestHandler {
  return (request, response) => {
    answer(options, request, response).catch(error => answerError(error, response));
  };
}

async function answer(
  { controlPlane, repositories, access }: SearchOptions,
  request: Request,
  response: Response,
) {
  const { organization } = request.params;
  const principal = await controlPlane.authenticate(request);
  const query = queryOf(request);
  const namespace = namespaceOf(organization);
  const { items } = await controlPlane.client.list(Repository, { namespace });
  const wanted = items.filter(({ metadata }) => !query.repository || metadata.name === query.repository);
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  const late = setTimeout(() => abort.abort(), LIMITS.timeMs);
  const matches: (CodeMatch & { repository: string; ref: string })[] = [];
  const unfinished: string[] = [];
  let searched = 0;

  const mayRead = async (name: string) => {
    const decision = await access.decide(principal, organization, name, 'get');
    return decision.outcome === 'allowed' && repositories.exists({ namespace, repository: name });
  };
  const searchNext = async (queue: Repository[]): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { name } = next.metadata;
      if (!(await mayRead(name))) continue;
      searched += 1;
      const ref = next.spec.defaultBranch;
      if (matches.length >= LIMITS.matches || abort.signal.aborted) unfinished.push(name);
      else {
        const limit = Math.min(LIMITS.perRepository, LIMITS.matches - matches.length);
        const found = await searchCode(
          repositories,
          { namespace, repository: name },
          { ...query, ref, limit },
          abort.signal,
        );
        matches.push(...found.matches.map(match => ({ repository: name, ref, ...match })));
        if (found.more) unfinished.push(name);
      }
    }
  };
  const queue = [...wanted];
  await Promise.all(Array.from({ length: LIMITS.at }, () => searchNext(queue))).finally(() =>
    clearTimeout(late),
  );
  if (searched === 0 && principal.type === 'anonymous')
    throw new ApiError('Unauthorized', 'Sign in to search the code');
  response.setHeader('cache-control', 'private, no-store');
  response.json({ items: matches.slice(0, LIMITS.matches), searched, unfinished });
}

function queryOf({ query }: Request) {
  const text = typeof query.q === 'string' ? query.q : '';
  if (text.length < 2 || text.length > LIMITS.queryLength || /[\0\n]/.test(text))
    throw new ApiError('BadRequest', `Give two to ${LIMITS.queryLength} characters of one line to look for`);
  const repository = typeof query.repository === 'string' ? query.repository : undefined;
  if (repository && !isRepositoryName(repository))
    throw new ApiError('BadRequest', 'This is no name of a repository');
  const path = typeof query.path === 'string' ? query.path.replace(/\/+$/, '') : '';
  if (path && !isTreePath(path))
    throw new ApiError('BadRequest', 'A path is relative and never leaves the tree');
  return { text, repository, path, regex: query.regex === '1', caseSensitive: query.case === '1' };
}
