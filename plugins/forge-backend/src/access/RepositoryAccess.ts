import { KRATE_GROUP } from '@krate/resource-model';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { isRepositoryName } from '@krate/plugin-forge-node';
import { findRepository } from '../repositories/findRepository';

/** What a principal may do with a repository, with the one answer that tells strangers nothing. */
export type RepositoryAccessDecision =
  | { outcome: 'allowed'; repository: Repository }
  /** Nobody signed in: credentials may help. The same for what does not exist. */
  | { outcome: 'sign-in' }
  /** It does not exist, or they may not know that it does. */
  | { outcome: 'hidden' }
  /** They may read it, and not this. */
  | { outcome: 'forbidden'; reason: string };

const ORGANIZATION = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Answers who may read or push what, for git over HTTP and for the read routes alike. */
export class RepositoryAccess {
  constructor(private readonly controlPlane: Pick<ControlPlane, 'client' | 'authorize'>) {}

  async decide(
    principal: Principal,
    organization: string,
    name: string,
    verb: 'get' | 'push',
  ): Promise<RepositoryAccessDecision> {
    const namespace = namespaceOf(organization);
    const valid = ORGANIZATION.test(organization) && namespace.length <= 63 && isRepositoryName(name);
    const found = valid ? await findRepository(this.controlPlane.client, namespace, name) : undefined;
    // One that was deleted is gone for everybody, until it is restored.
    const repository = found?.spec.deletion ? undefined : found;
    const unknown =
      principal.type === 'anonymous' ? ({ outcome: 'sign-in' } as const) : ({ outcome: 'hidden' } as const);
    if (!repository || !(await this.allows(principal, 'get', repository)).allowed) return unknown;
    if (verb === 'get') return { outcome: 'allowed', repository };
    const decision = await this.allows(principal, verb, repository);
    if (decision.allowed) return { outcome: 'allowed', repository };
    if (principal.type === 'anonymous') return unknown;
    return { outcome: 'forbidden', reason: decision.reason };
  }

  private allows(principal: Principal, verb: string, { metadata }: Repository) {
    const { namespace, name } = metadata;
    return this.controlPlane.authorize(principal, {
      verb,
      group: KRATE_GROUP,
      resource: 'repositories',
      namespace,
      name,
    });
  }
}
