import type {
  AgentDispatchRun,
  AgentSecretGrant,
  AgentStack,
  AgentToolProfile,
} from '@krate/plugin-agents-common';
import type { RunnerPool } from '@krate/plugin-forge-common';
import { isUntrustedRef, refMatches } from './refGlob';
import type { SecretNeed } from './secretNeeds';

/** For whom a grant is looked for. */
export interface GrantSeeker {
  stack?: string;
  serviceAccount?: string;
  toolProfile?: string;
  runnerPool?: string;
  /** Absent: wherever it is used (the readiness of a stack). */
  repository?: string;
  ref?: string;
}

/** For whom the grants of a run are looked for. */
export function grantSeekerOf(parts: {
  run: AgentDispatchRun;
  stack: AgentStack;
  toolProfile?: AgentToolProfile;
  runnerPool?: RunnerPool;
}): GrantSeeker {
  const { run, stack, toolProfile, runnerPool } = parts;
  return {
    stack: stack.metadata.name,
    serviceAccount: stack.spec.runtimeIdentity.serviceAccountRef,
    toolProfile: toolProfile?.metadata.name,
    runnerPool: runnerPool?.metadata.name,
    repository: run.spec.repository,
    ref: run.spec.ref,
  };
}

/** The grants that give a seeker what it needs; the ones that ask for no approval come first. */
export function findGrants(
  need: SecretNeed,
  seeker: GrantSeeker,
  grants: readonly AgentSecretGrant[],
): AgentSecretGrant[] {
  const strictness = ['never', 'on-untrusted-ref', 'always'];
  return grants
    .filter(({ spec }) => !spec.revoked && spec.purpose === need.purpose && isSubject(spec.subject, seeker))
    .filter(
      ({ spec }) =>
        spec.secretRef.name === need.secret && (!need.key || spec.secretRef.keys.includes(need.key)),
    )
    .filter(({ spec }) => allowsRepository(spec, seeker.repository) && allowsRef(spec, seeker.ref))
    .sort(
      (a, b) => strictness.indexOf(a.spec.requiredApproval) - strictness.indexOf(b.spec.requiredApproval),
    );
}

/** Whether using a grant at a ref needs somebody's approval. */
export function needsApproval({ spec }: AgentSecretGrant, ref: string): boolean {
  if (spec.requiredApproval === 'always') return true;
  return spec.requiredApproval === 'on-untrusted-ref' && isUntrustedRef(ref);
}

function isSubject({ kind, name }: AgentSecretGrant['spec']['subject'], seeker: GrantSeeker): boolean {
  if (kind === 'agent-stack') return name === seeker.stack;
  if (kind === 'service-account') return name === seeker.serviceAccount;
  if (kind === 'tool') return name === seeker.toolProfile;
  return kind === 'runner-pool' && name === seeker.runnerPool;
}

function allowsRepository(
  { allowedRepositories }: AgentSecretGrant['spec'],
  repository: string | undefined,
): boolean {
  return (
    repository === undefined || allowedRepositories.length === 0 || allowedRepositories.includes(repository)
  );
}

/** A pull request's ref must be named as such: a `**` that happens to cover it does not count. */
function allowsRef({ allowedRefs }: AgentSecretGrant['spec'], ref: string | undefined): boolean {
  if (ref === undefined) return true;
  if (allowedRefs.exclude.some(pattern => refMatches(pattern, ref))) return false;
  if (isUntrustedRef(ref)) {
    return allowedRefs.include.some(pattern => pattern.startsWith('refs/pull/') && refMatches(pattern, ref));
  }
  return allowedRefs.include.length === 0 || allowedRefs.include.some(pattern => refMatches(pattern, ref));
}
