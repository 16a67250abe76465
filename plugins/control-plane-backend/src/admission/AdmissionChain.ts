import { AdmissionRequest, AdmissionRule } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import { Authorizer } from '../identity/Authorizer';
import { Directory } from '../identity/Directory';
import { stampActions } from './actions';
import { Admission } from './Admission';
import { stampAuthor } from './author';
import { bindingsDoNotEscalate, loginsAreMappedOnce } from './identities';
import { invitesDoNotEscalate } from './invites';
import { theLastAdminStays } from './lastAdmin';
import { staysWithinAction } from './limits';
import { namespacesHoldTheirContents, organizationNamespacesAreTheirs } from './namespaces';
import { belongsToItsOrganization } from './organization';
import { ownersAreNeighbours } from './owners';
import { stampCreator } from './provenance';
import { refersWithinItsOrganization } from './references';
import { secretValuesAreWellFormed } from './secretValues';
import { onlyThePlatformSuspends } from './suspension';
import { viewsHaveAnOwner } from './views';

type Check = (request: AdmissionRequest) => Promise<void> | void;

/** {@link Admission}: the built-in rules in a fixed order, then the areas' rules in the order of their installation. */
export class AdmissionChain implements Admission {
  private readonly preparing: readonly Check[];
  private readonly admitting: readonly Check[];

  constructor(options: {
    rules: readonly AdmissionRule[];
    authorizer: Authorizer;
    directory: Directory;
    kinds: Pick<KindRegistry, 'kind'>;
    now?: () => Date;
  }) {
    const { authorizer, directory, kinds, now = () => new Date() } = options;
    this.preparing = [
      secretValuesAreWellFormed,
      belongsToItsOrganization,
      refersWithinItsOrganization,
      stampAuthor,
    ];
    this.admitting = [
      organizationNamespacesAreTheirs,
      namespacesHoldTheirContents,
      ownersAreNeighbours(name => kinds.kind(name)),
      stampCreator,
      request => stampActions(request, now),
      request => staysWithinAction(request, authorizer.decide(request.principal, updateOf(request))),
      loginsAreMappedOnce,
      bindingsDoNotEscalate(directory),
      viewsHaveAnOwner(directory),
      theLastAdminStays,
      invitesDoNotEscalate(directory, now),
      onlyThePlatformSuspends(directory),
      ...options.rules.map(asCheck),
    ];
  }

  async prepare(request: AdmissionRequest): Promise<void> {
    for (const check of this.preparing) await check(request);
  }

  async admit(request: AdmissionRequest): Promise<void> {
    for (const check of this.admitting) await check(request);
  }
}

function asCheck(rule: AdmissionRule): Check {
  return request => {
    const concerned =
      rule.operations.includes(request.operation) &&
      rule.kinds.some(kind => kind.resource === request.kind.resource);
    return concerned ? rule.admit(request) : undefined;
  };
}

function updateOf({ kind, namespace, object }: AdmissionRequest) {
  return { verb: 'update', group: kind.group, resource: kind.plural, namespace, name: object.metadata.name };
}
