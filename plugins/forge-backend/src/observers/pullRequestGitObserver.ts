import { Observer } from '@krate/controller-runtime';
import { PullRequest } from '@krate/plugin-forge-common';
import { GitRepositories, isSha, RepositoryKey } from '@krate/plugin-forge-node';
import { compareCommits, Comparison } from '../git/compareCommits';
import { GitFacts, ObservedGit } from '../pulls/GitFacts';
import { isSettled } from '../pulls/isSettled';
import { whileThere } from './whileThere';

const CACHED = 2000;

/** Looks at the branches of a pull request. What two commits differ in never changes, so it is computed once. */
export class PullRequestGitObserver implements Observer<typeof PullRequest, ObservedGit> {
  readonly name = 'pull-request-git';
  private readonly comparisons = new Map<string, Promise<Comparison>>();

  constructor(private readonly repositories: GitRepositories) {}

  async observe(pullRequest: PullRequest): Promise<ObservedGit> {
    return isSettled(pullRequest) ? { state: 'settled' } : this.facts(pullRequest);
  }

  /** Looks, whatever is known of it. */
  async facts(pullRequest: PullRequest): Promise<GitFacts> {
    const key = { namespace: pullRequest.metadata.namespace!, repository: pullRequest.spec.repository };
    return whileThere(this.repositories, key, () => this.look(key, pullRequest), { state: 'no-repository' });
  }

  private async look(key: RepositoryKey, { spec, status }: PullRequest): Promise<GitFacts> {
    const [source, targetSha, keptSha] = await Promise.all([
      this.repositories.readRef(key, spec.sourceRef),
      this.repositories.readRef(key, spec.targetRef),
      spec.number ? this.repositories.readRef(key, `refs/pull/${spec.number}/head`) : undefined,
    ]);
    const headSha = source ?? (await this.lastKnown(key, keptSha, status?.headSha));
    if (!headSha) return { state: 'no-source', targetSha };
    const recorded = status?.headSha;
    return {
      state: 'ready',
      sourceExists: source !== undefined,
      headSha,
      targetSha,
      keptSha,
      ...(await this.compare(key, targetSha, headSha)),
      recordedHeadMerged:
        Boolean(recorded && targetSha && isSha(recorded)) &&
        (await this.contains(key, recorded!, targetSha!)),
    };
  }

  private async lastKnown(
    key: RepositoryKey,
    ...candidates: (string | undefined)[]
  ): Promise<string | undefined> {
    for (const sha of candidates) {
      if (sha && isSha(sha) && (await this.repositories.hasCommit(key, sha))) return sha;
    }
    return undefined;
  }

  private async contains(key: RepositoryKey, sha: string, target: string): Promise<boolean> {
    return (await this.repositories.hasCommit(key, sha)) && this.repositories.isAncestor(key, sha, target);
  }

  private compare(key: RepositoryKey, targetSha: string | undefined, headSha: string): Promise<Comparison> {
    const id = `${this.repositories.directory(key)} ${targetSha} ${headSha}`;
    const known = this.comparisons.get(id);
    if (known) return known;
    const computed = compareCommits(this.repositories, key, targetSha, headSha);
    this.comparisons.set(id, computed);
    computed.catch(() => this.comparisons.delete(id));
    if (this.comparisons.size > CACHED) this.comparisons.delete(this.comparisons.keys().next().value!);
    return computed;
  }
}
