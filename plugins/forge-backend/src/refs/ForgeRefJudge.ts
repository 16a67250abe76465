import { KRATE_GROUP } from '@krate/resource-model';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { BranchProtection, PullRequest, RefPolicy, Repository } from '@krate/plugin-forge-common';
import { RefJudge, RefRefusal, RefUpdateRequest } from '@krate/plugin-forge-node';
import { IncomingReader } from './IncomingReader';
import { judgeRefUpdates } from './judgeRefUpdates';

/** Judges ref updates by the repository and its rules as they are now, and leaves a trace of each decision. */
export class ForgeRefJudge implements RefJudge {
  constructor(
    private readonly controlPlane: Pick<ControlPlane, 'client' | 'authorize' | 'audit' | 'wake' | 'logger'>,
    private readonly incoming: IncomingReader,
  ) {}

  async judge(request: RefUpdateRequest): Promise<RefRefusal[]> {
    const { namespace, repository: name } = request;
    const repository = await this.controlPlane.client.get(Repository, { namespace, name });
    if (!repository || repository.metadata.deletionTimestamp || repository.spec.deletion) {
      return [{ ref: '', rule: 'not-found', message: 'The repository does not exist any more' }];
    }
    const { items: protections } = await this.controlPlane.client.list(BranchProtection, { namespace });
    const { items: policies } = await this.controlPlane.client.list(RefPolicy, { namespace });
    const mayBypass = protections.some(({ spec }) => !spec.enforceAdmins) && (await this.mayBypass(request));
    const refusals = judgeRefUpdates(request.updates, {
      repository,
      protections,
      policies,
      incoming: await this.incoming.read(request, { protections, policies }),
      origin: request.origin,
      mayBypass,
    });
    await this.record(request, refusals, mayBypass);
    return refusals;
  }

  /** After the refs moved: whoever shows them looks again. Safe to lose, since everything is observed anew in time. */
  moved({ namespace, repository }: RefUpdateRequest): void {
    this.controlPlane.wake(Repository, { namespace, name: repository });
    this.wakePullRequests(namespace, repository).catch(error =>
      this.controlPlane.logger.warn(
        `Pull requests of ${namespace}/${repository} learn late of a push: ${error}`,
      ),
    );
  }

  private async wakePullRequests(namespace: string, repository: string): Promise<void> {
    const { items } = await this.controlPlane.client.list(PullRequest, {
      namespace,
      fields: { 'spec.repository': repository },
    });
    for (const { metadata, status } of items) {
      if (status?.phase !== 'Merged') this.controlPlane.wake(PullRequest, { namespace, name: metadata.name });
    }
  }

  private async mayBypass({ principal, namespace, repository }: RefUpdateRequest): Promise<boolean> {
    if (principal.type !== 'user') return false;
    const attributes = {
      verb: 'bypass',
      group: KRATE_GROUP,
      resource: 'repositories',
      namespace,
      name: repository,
    };
    return (await this.controlPlane.authorize(principal, attributes)).allowed;
  }

  private record(request: RefUpdateRequest, refusals: RefRefusal[], mayBypass: boolean): Promise<void> {
    return this.controlPlane.audit({
      principal: request.principal,
      action: `git.${request.origin}`,
      outcome: refusals.length === 0 ? 'allowed' : 'denied',
      organization: organizationOf(request.namespace),
      resource: `Repository/${request.namespace}/${request.repository}`,
      details: {
        updates: request.updates.slice(0, 50).map(update => ({ ...update, ref: update.ref.slice(0, 250) })),
        refusals: refusals.slice(0, 50).map(({ ref, rule }) => ({ ref: ref.slice(0, 250), rule })),
        ...(mayBypass ? { bypassed: true } : {}),
      },
    });
  }
}
