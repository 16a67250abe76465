import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { Issue } from '@krate/plugin-forge-common';
import { GitRepositories, isSha } from '@krate/plugin-forge-node';
import { readCommits } from '../git/readCommits';
import { closingReferences } from './closingReferences';

/** Either the issues that a merged pull request names, or the commits whose messages may name some. */
export type CloseInput = { namespace: string; repository: string } & (
  { numbers: number[]; pullRequest: string; by?: string } | { from: string; to: string }
);

/** Commits of one push that are looked through; a larger push is an import. */
const MOST_COMMITS = 500;

type Closing = { number: number } & Omit<NonNullable<Issue['spec']['closed']>, 'at'>;

/** Closes the open issues that a merge or a push says it closes. Those that are closed already stay as they are. */
export function closeIssuesEffect(client: ResourceClient, repositories: GitRepositories) {
  async function closingsOf(input: CloseInput): Promise<Closing[]> {
    if ('numbers' in input) {
      const { numbers, pullRequest, by } = input;
      return numbers.map(number => ({ number, pullRequest, by }));
    }
    const key = { namespace: input.namespace, repository: input.repository };
    if (!isSha(input.from) || !isSha(input.to) || !(await repositories.hasCommit(key, input.to))) return [];
    // A history that was replaced has no beginning in common that could be trusted to be new.
    if (!(await repositories.hasCommit(key, input.from))) return [];
    const range = [`${input.from}..${input.to}`];
    const gitDir = repositories.directory(key);
    const { items } = await readCommits(repositories.git, gitDir, range, { limit: MOST_COMMITS });
    return items.flatMap(({ sha, subject, body, author }) =>
      closingReferences(`${subject}\n${body}`).map(number => ({ number, commit: sha, by: author.name })),
    );
  }

  return defineEffect<CloseInput, { closed: string[] }>({
    name: 'close-issues',
    // Closing what is closed does nothing, so there is nothing to observe.
    observe: async () => ({ state: 'absent' }),
    async perform(_key, input) {
      const closings = await closingsOf(input);
      if (closings.length === 0) return { closed: [] };
      const { namespace, repository } = input;
      const { items } = await client.list(Issue, { namespace, fields: { 'spec.repository': repository } });
      const closed: string[] = [];
      for (const { number, ...how } of closings) {
        const issue = items.find(({ spec }) => spec.number === number && spec.state === 'open');
        if (!issue || closed.includes(issue.metadata.name)) continue;
        const spec = {
          state: 'closed',
          stateReason: 'completed',
          closed: { at: new Date().toISOString(), ...how },
        };
        await client.patch(Issue, { namespace, name: issue.metadata.name }, { spec });
        closed.push(issue.metadata.name);
      }
      return { closed };
    },
  });
}
