import { ResourceClient } from '@krate/controller-runtime';
import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { Principal, principalName } from '@krate/plugin-control-plane-node';
import { PullRequest } from '@krate/plugin-forge-common';
import { barredDispatcher } from '../pulls/barredDispatcher';
import { forbidden } from './refuse';

/** Refuses whoever dispatched the run of a pull request, where the organization wants two people. */
export async function admitSecondPerson(
  { client, principal, field }: { client: Pick<ResourceClient, 'get'>; principal: Principal; field: string },
  pullRequest: PullRequest,
): Promise<void> {
  const name = organizationOf(pullRequest.metadata.namespace);
  const organization = name
    ? await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name })
    : undefined;
  if (barredDispatcher(pullRequest, organization) !== principalName(principal)) return;
  throw forbidden(
    'SECOND_APPROVER_REQUIRED',
    'This organization wants a second person: whoever dispatched the run neither approves nor merges its work',
    field,
  );
}
