import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { Issue, Repository } from '@krate/plugin-forge-common';
import { ownedBy } from './ownedBy';
import { invalid } from './refuse';

/** An author nobody can claim to be, and a home that exists and takes the issue along when it goes. */
export const issueAdmission: AdmissionRule<typeof Issue> = {
  name: 'forge-issue',
  kinds: [Issue],
  operations: ['create', 'update'],
  async admit(request) {
    const { object, oldObject, principal, operation } = request;
    if (operation === 'update') {
      object.spec.author = oldObject!.spec.author;
      return;
    }
    // The system opens what an agent or another tracker reported, in its name.
    if (principal.type !== 'system' || !object.spec.author) object.spec.author = principalName(principal);
    await livesAtHome(request);
  },
};

async function livesAtHome({ object, namespace, client }: AdmissionRequest<typeof Issue>): Promise<void> {
  const { repository: name } = object.spec;
  if (name === undefined) return;
  const repository = await client.get(Repository, { namespace, name });
  if (!repository) throw invalid('REPOSITORY_MISSING', 'spec.repository', 'The repository does not exist');
  ownedBy(object, repository);
}
