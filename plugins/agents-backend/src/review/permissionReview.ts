import type {
  AgentAdapter,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import type { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import type { Repository, RunnerPool } from '@krate/plugin-forge-common';
import { agentRolesOf, mayWrite } from './agentRoles';
import { digestOf } from './digestOf';
import { findGrants, grantSeekerOf, needsApproval } from './findGrant';
import { isUntrustedRef } from './refGlob';
import { suggestedGrantName } from './suggestedGrantName';
import { secretNeeds } from './secretNeeds';

/** Everything a review looks at; an object that does not exist is absent. */
export interface PermissionReviewInput {
  run: AgentDispatchRun;
  stack?: AgentStack;
  repository?: Repository;
  adapter?: AgentAdapter;
  provider?: AgentProviderConfig;
  serviceAccount?: AgentServiceAccount;
  toolProfile?: AgentToolProfile;
  workspacePolicy?: KrateWorkspacePolicy;
  /** The run's own pool, or its stack's. */
  runnerPool?: RunnerPool;
  bindings: readonly AgentRoleBinding[];
  grants: readonly AgentSecretGrant[];
}

export type PermissionReview = NonNullable<NonNullable<AgentDispatchRun['status']>['permissionReview']>;
type Check = PermissionReview['checks'][number];
type MissingGrant = NonNullable<PermissionReview['missingGrants']>[number];
type Finding = Omit<Check, 'rule'> & { missing?: MissingGrant };
type Rule = (input: PermissionReviewInput & { stack: AgentStack; repository: Repository }) => Finding;

const allowed = (message: string): Finding => ({ outcome: 'allowed', message });
const denied = (message: string, missing?: MissingGrant): Finding => ({
  outcome: 'denied',
  message,
  missing,
});
const asks = (message: string): Finding => ({ outcome: 'requires-approval', message });
const irrelevant = (message: string): Finding => ({ outcome: 'not-applicable', message });

/** The rules in the order in which people read them. All are asked, so that everything missing is named at once. */
const RULES: Readonly<Record<string, Rule>> = {
  'approval-mode': approvalMode,
  organization,
  repository: repositoryOpen,
  adapter: adapterExists,
  'untrusted-ref': untrustedRef,
  'service-account': serviceAccountAllows,
  'runner-pool': poolAllowed,
  'role-binding': roleBound,
  'secret-grants': secretsGranted,
  'workspace-policy': workspacePolicyAllows,
  'launch-approval': launchApproval,
  'write-back': writeBack,
};

/**
 * May this run be launched? Any denial denies; any approval that is asked for parks it; what nobody allowed is denied.
 * Pure: the same objects give the same answer and the same digest, which ties approvals and attempts to it.
 */
export function permissionReview(input: PermissionReviewInput): PermissionReview {
  const { stack, repository, run } = input;
  if (!stack)
    return conclude(input, [
      {
        rule: 'stack',
        ...denied(`The AgentStack ${run.spec.agentStack} does not exist: create it, then dispatch again`),
      },
    ]);
  if (!repository) {
    return conclude(input, [
      {
        rule: 'repository',
        ...denied(`The Repository ${run.spec.repository} does not exist: create it, then dispatch again`),
      },
    ]);
  }
  const found = Object.entries(RULES).map(([rule, ask]) => ({
    rule,
    ...ask({ ...input, stack, repository }),
  }));
  return conclude(input, [
    { rule: 'stack', ...allowed(`The stack ${stack.metadata.name} exists`) },
    ...found,
  ]);
}

function conclude(
  input: PermissionReviewInput,
  findings: (Check & { missing?: MissingGrant })[],
): PermissionReview {
  const checks = findings.map(({ rule, outcome, message }) => ({ rule, outcome, message }));
  const missingGrants = findings.flatMap(({ missing }) => missing ?? []);
  const strictest = (['denied', 'requires-approval'] as const).find(outcome =>
    checks.some(check => check.outcome === outcome),
  );
  const decision = strictest ?? 'allowed';
  const review = { decision, checks, ...(missingGrants.length > 0 && { missingGrants }) } as const;
  return { ...review, digest: digestOf({ ...review, about: subjectOf(input) }) };
}

/** The versions of the objects that were looked at, so that the same words about other objects have another digest. */
function subjectOf({ run, bindings: _bindings, grants: _grants, ...objects }: PermissionReviewInput) {
  const versions = Object.entries(objects).map(([part, object]) => [
    part,
    object && [object.metadata.uid, object.metadata.generation],
  ]);
  return { run: run.metadata.uid, ref: run.spec.ref, task: run.spec.task, ...Object.fromEntries(versions) };
}

function approvalMode({ stack }: Parameters<Rule>[0]): Finding {
  const mode = stack.spec.approvalMode;
  if (mode === 'deny')
    return denied('The stack’s approvalMode is deny: nothing is dispatched to it. Change it to prompt');
  return allowed(
    mode === 'yolo'
      ? 'Tools are not asked for'
      : 'Tools that the profile does not allow are asked for while it runs',
  );
}

function organization({ run, stack, repository }: Parameters<Rule>[0]): Finding {
  const home = run.metadata.namespace;
  const foreign =
    [stack, repository].some(({ metadata }) => metadata.namespace !== home) ||
    run.spec.repository.includes('/');
  return foreign
    ? denied('CROSS_ORG_REF_DENIED: a run, its stack and its repository belong to one organization')
    : allowed('Everything belongs to one organization');
}

function repositoryOpen({ repository }: Parameters<Rule>[0]): Finding {
  const { name } = repository.metadata;
  return repository.spec.archived
    ? denied(`The repository ${name} is archived: no work can be done on it`)
    : allowed(`The repository ${name} is open`);
}

function adapterExists({ adapter, stack }: Parameters<Rule>[0]): Finding {
  return adapter
    ? allowed(`The adapter ${adapter.metadata.name} starts it`)
    : denied(`The AgentAdapter ${stack.spec.adapter} does not exist: create it`);
}

/** Code of a stranger runs only where nothing privileged is near: never in a trusted pool, never as a writing identity. */
function untrustedRef({ run, stack, runnerPool, bindings }: Parameters<Rule>[0]): Finding {
  if (!isUntrustedRef(run.spec.ref)) return irrelevant('The ref is a branch of the repository');
  if (runnerPool?.spec.trustTier !== 'untrusted')
    return denied(`${run.spec.ref} is untrusted code: it needs a RunnerPool with trustTier untrusted`);
  const privileged = rolesHeld({ run, stack, bindings }).filter(mayWrite);
  if (privileged.length === 0) return allowed('Untrusted code meets no privileged identity');
  return denied(
    `${run.spec.ref} is untrusted code: the identity of this stack is privileged (${privileged.join(', ')}); use one with krate-agent-readonly`,
  );
}

function serviceAccountAllows({ run, stack, serviceAccount }: Parameters<Rule>[0]): Finding {
  const name = stack.spec.runtimeIdentity.serviceAccountRef;
  if (!serviceAccount) return denied(`The AgentServiceAccount ${name} does not exist: create it`);
  const { repository } = run.spec;
  if (serviceAccount.spec.allowedRepositories.includes(repository))
    return allowed(`${name} may work on ${repository}`);
  return denied(
    `The AgentServiceAccount ${name} may not work on ${repository}: add it to spec.allowedRepositories`,
  );
}

function poolAllowed({ run, stack, serviceAccount, runnerPool }: Parameters<Rule>[0]): Finding {
  const name = run.spec.runnerPool ?? stack.spec.runnerPool;
  if (!name) return irrelevant('No runner pool is named');
  if (!runnerPool) return denied(`The RunnerPool ${name} does not exist: create it`);
  const pools = serviceAccount?.spec.allowedRunnerPools ?? [];
  if (pools.length === 0 || pools.includes(name)) return allowed(`Runs in the pool ${name}`);
  return denied(
    `The AgentServiceAccount ${serviceAccount!.metadata.name} may not use the pool ${name}: add it to spec.allowedRunnerPools`,
  );
}

function roleBound({ run, stack, bindings }: Parameters<Rule>[0]): Finding {
  const held = rolesHeld({ run, stack, bindings });
  if (held.length > 0) return allowed(`Holds ${[...new Set(held)].join(', ')}`);
  const account = stack.spec.runtimeIdentity.serviceAccountRef;
  const reason = `Neither the AgentServiceAccount ${account} nor the stack holds an agent role on ${run.spec.repository}`;
  return denied(`${reason}: create an AgentRoleBinding, for example to krate-agent-repository-repair`, {
    kind: 'AgentRoleBinding',
    suggestedName: `${account}-${run.spec.repository}`,
    reason,
  });
}

function secretsGranted(input: Parameters<Rule>[0]): Finding {
  const { run, stack, grants, runnerPool } = input;
  const needs = secretNeeds(input);
  if (needs.length === 0) return irrelevant('No secret is needed');
  const { ref } = run.spec;
  const seeker = grantSeekerOf(input);
  const found = needs.map(need => ({ need, grant: findGrants(need, seeker, grants)[0] }));
  const missing = found.find(({ grant }) => !grant)?.need;
  if (missing) {
    const reason = `The ${missing.neededBy} needs the Secret ${missing.secret} on ${ref}, and no AgentSecretGrant gives it`;
    const suggestedName = suggestedGrantName(stack.metadata.name, missing.secret);
    return denied(`${reason}: create one with the purpose ${missing.purpose}`, {
      kind: 'AgentSecretGrant',
      suggestedName,
      reason,
    });
  }
  const handedOut = found.find(({ need }) => need.purpose === 'tool');
  if (handedOut && runnerPool?.spec.trustTier === 'untrusted') {
    return denied(
      `The pool ${runnerPool.metadata.name} is untrusted and hands out no secrets, but ${handedOut.need.neededBy} needs one`,
    );
  }
  const asked = found.find(({ grant }) => needsApproval(grant!, ref))?.grant;
  if (asked)
    return asks(`The grant ${asked.metadata.name} asks for an approval (${asked.spec.requiredApproval})`);
  return allowed(`Granted by ${found.map(({ grant }) => grant!.metadata.name).join(', ')}`);
}

function workspacePolicyAllows({ stack, workspacePolicy }: Parameters<Rule>[0]): Finding {
  const name = stack.spec.workspacePolicyRef;
  if (!name) return irrelevant('No workspace policy is named');
  if (!workspacePolicy) return denied(`The KrateWorkspacePolicy ${name} does not exist: create it`);
  if (workspacePolicy.spec.maxConcurrentSessions === 0)
    return denied(`The workspace policy ${name} lets no session start (maxConcurrentSessions 0)`);
  if (workspacePolicy.spec.requiresApproval) return asks(`The workspace policy ${name} asks for an approval`);
  return allowed(`The workspace policy ${name} allows it`);
}

function launchApproval({ run }: Parameters<Rule>[0]): Finding {
  return run.spec.requiresApproval
    ? asks('The run itself asks for an approval before its launch')
    : irrelevant('The run asks for no approval');
}

/** Never a reason to deny: a reading agent's findings are kept, its changes are just not proposed. */
function writeBack({ run, stack, bindings }: Parameters<Rule>[0]): Finding {
  if (!stack.spec.writeBackPolicy.allowedTargets.includes('pull-request'))
    return irrelevant('The stack’s write-back policy allows no pull request');
  const writing = rolesHeld({ run, stack, bindings }).filter(mayWrite);
  return writing.length > 0
    ? allowed(`Changes are proposed as ${writing[0]}`)
    : irrelevant('No role it holds lets it propose changes');
}

function rolesHeld({
  run,
  stack,
  bindings,
}: Pick<Parameters<Rule>[0], 'run' | 'stack' | 'bindings'>): string[] {
  const { repository } = run.spec;
  return agentRolesOf(
    { serviceAccount: stack.spec.runtimeIdentity.serviceAccountRef, stack: stack.metadata.name, repository },
    bindings,
  );
}
