import { ResourceClient } from '@krate/controller-runtime';
import { BranchProtection, PullRequest, RefPolicy } from '@krate/plugin-forge-common';
import { mustBeSigned } from '../refs/requirements';
import { ServerKey } from './ServerKey';

/** File of the key that signs the merge of a pull request; undefined where its target takes unsigned commits. */
export async function signingKeyFor(
  client: ResourceClient,
  key: ServerKey,
  { metadata: { namespace }, spec }: PullRequest,
): Promise<string | undefined> {
  const [protections, policies] = [
    await client.list(BranchProtection, { namespace }),
    await client.list(RefPolicy, { namespace }),
  ];
  const rules = { protections: protections.items, policies: policies.items };
  if (!mustBeSigned(spec.targetRef, spec.repository, rules)) return undefined;
  await key.pair();
  return key.file;
}
