import { stringify } from 'yaml';
import { LaunchParts } from './launchDescription';
import { PermissionReview } from './permissionReview';
import { secretNeeds } from './secretNeeds';
import { suggestedGrantName } from './suggestedGrantName';

type MissingGrant = NonNullable<PermissionReview['missingGrants']>[number];

/** The narrowest object that brings a missing grant: for this repository alone, and only the keys that are needed. */
export function grantManifest({ kind, suggestedName }: MissingGrant, parts: LaunchParts): string {
  const { run, stack } = parts;
  const { repository } = run.spec;
  const name = suggestedName;
  return stringify({
    apiVersion: run.apiVersion,
    kind,
    metadata: { name, namespace: run.metadata.namespace },
    spec:
      kind === 'AgentRoleBinding'
        ? {
            subject: { kind: 'AgentServiceAccount', name: stack.spec.runtimeIdentity.serviceAccountRef },
            scope: { kind: 'repository', name: repository },
            roleRef: { name: 'krate-agent-repository-repair' },
          }
        : secretGrantSpec(name, parts),
  });
}

/** A tool's secret without a named key has its gap left open: whoever grants it says which keys. */
function secretGrantSpec(name: string, parts: LaunchParts) {
  const { run, stack } = parts;
  const need = secretNeeds(parts).find(
    ({ secret }) => suggestedGrantName(stack.metadata.name, secret) === name,
  )!;
  return {
    subject: { kind: 'agent-stack', name: stack.metadata.name },
    secretRef: { name: need.secret, keys: [need.key ?? '<key>'] },
    purpose: need.purpose,
    allowedRepositories: [run.spec.repository],
    ...(run.spec.ref.startsWith('refs/pull/') && { allowedRefs: { include: [run.spec.ref] } }),
  };
}
