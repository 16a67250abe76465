import { ResourceClient } from '@krate/controller-runtime';
import { Pipeline } from '@krate/plugin-forge-common';
import { GitRepositories, isSha, RefUpdate, RefUpdateRequest } from '@krate/plugin-forge-node';
import { SignatureVerifier } from '../keys/SignatureVerifier';
import { checksOf } from '../pulls/checksOf';
import { IncomingCommits } from './RefFacts';
import { BindingRules, checksNeeded, mustBeLinear, mustBeSigned } from './requirements';

type Requirement = (ref: string, repository: string, rules: BindingRules) => boolean;

/**
 * Reads what the rules of a ref ask of the commits that come to it. Commits that lie on a ref with the same requirement
 * already were checked when they came there, or were there before the rule: they are not looked at again.
 */
export class IncomingReader {
  constructor(
    private readonly options: {
      client: ResourceClient;
      repositories: GitRepositories;
      signatures: SignatureVerifier;
    },
  ) {}

  /** By the name of the ref; refs whose rules ask nothing are left out. */
  async read(request: RefUpdateRequest, rules: BindingRules): Promise<Map<string, IncomingCommits>> {
    const found = new Map<string, IncomingCommits>();
    for (const update of request.updates) {
      if (!isSha(update.newSha)) continue;
      const [merges, unsigned, unmetChecks] = [
        await this.merges(request, update, rules),
        await this.unsigned(request, update, rules),
        await this.unmetChecks(request, update, rules),
      ];
      if (merges.length + unsigned.length + unmetChecks.length > 0)
        found.set(update.ref, { merges, unsigned, unmetChecks });
    }
    return found;
  }

  private async merges(request: RefUpdateRequest, update: RefUpdate, rules: BindingRules): Promise<string[]> {
    if (!mustBeLinear(update.ref, request.repository, rules)) return [];
    const { repositories } = this.options;
    const text = await repositories.git.text(['rev-list', '--min-parents=2', '--max-count=1', '--stdin'], {
      gitDir: repositories.directory(request),
      env: request.environment,
      input: `${update.newSha}\n${await this.known(request, rules, mustBeLinear)}`,
    });
    return text.split('\n').filter(Boolean);
  }

  private async unsigned(request: RefUpdateRequest, update: RefUpdate, rules: BindingRules) {
    if (!mustBeSigned(update.ref, request.repository, rules)) return [];
    const heads = [update.newSha, update.mergedHead].filter(sha => sha !== undefined);
    return this.options.signatures.findUnsigned(
      request,
      `${heads.join('\n')}\n${await this.known(request, rules, mustBeSigned)}`,
      request.environment,
    );
  }

  private async unmetChecks(
    { namespace, repository, origin }: RefUpdateRequest,
    { ref, newSha }: RefUpdate,
    rules: BindingRules,
  ): Promise<string[]> {
    const required = checksNeeded(ref, repository, rules);
    // A merge was asked for its checks at its gates, where those of a pull request's head count.
    if (required.length === 0 || origin === 'merge') return [];
    const { items } = await this.options.client.list(Pipeline, {
      namespace,
      fields: { 'spec.sha': newSha! },
    });
    const own = items.filter(({ spec }) => spec.repository === repository);
    return checksOf(newSha, own, required)
      .filter(check => check.required && check.state !== 'Succeeded')
      .map(({ context, state }) => `${context} is ${state.toLowerCase()}`);
  }

  /** Revisions for git's standard input that leave out what lies on refs with the same requirement. */
  private async known(
    request: RefUpdateRequest,
    rules: BindingRules,
    requires: Requirement,
  ): Promise<string> {
    const { repositories } = this.options;
    const refs = [
      ...(await repositories.listRefs(request, 'refs/heads/')),
      ...(await repositories.listRefs(request, 'refs/tags/')),
    ];
    return refs
      .filter(({ ref }) => requires(ref, request.repository, rules))
      .map(({ sha }) => `^${sha}\n`)
      .join('');
  }
}
