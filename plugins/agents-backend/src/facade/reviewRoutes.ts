import {
  AgentAdapter,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateWorkspacePolicy,
  reviewPermissions,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import {
  facadeRoute,
  FacadeRoute,
  OrganizationContext,
  principalName,
} from '@krate/plugin-control-plane-node';
import { Repository, RunnerPool } from '@krate/plugin-forge-common';
import { ApiError, applyDefaults, Kind, ResourceOf, structuralSchemaOf } from '@krate/resource-model';
import { fullRefOf } from '../admission/fullRefOf';
import { grantManifest } from '../review/grantManifest';
import { launchDescription, LaunchParts } from '../review/launchDescription';
import { permissionReview, PermissionReviewInput } from '../review/permissionReview';
import { reachOf } from '../review/reachOf';

/** The permission review without a dispatch. It sees what its caller may see: no answer tells more than the objects do. */
export const reviewRoutes: readonly FacadeRoute[] = [
  facadeRoute(reviewPermissions, async (context, { body }) => {
    const { repository, runnerPool, requiresApproval, budget } = body;
    const agentStack = body.agentStack ?? body.stackRef;
    if (!agentStack) {
      const message = 'Name the AgentStack it would be given to: `agentStack`';
      throw new ApiError('BadRequest', message, {
        causes: [{ reason: 'FieldValueRequired', field: 'agentStack', message }],
      });
    }
    const ref = fullRefOf(body.ref ?? body.branch ?? 'main');
    const run = draft(context, { repository, agentStack, ref, runnerPool, requiresApproval, budget });
    const parts = await partsFor(context, run);
    const review = permissionReview(parts);
    const { decision, digest, checks, missingGrants = [] } = review;
    const launchable = hasStack(parts) && parts.repository ? parts : undefined;
    return {
      status: 200,
      body: {
        ...{ decision, digest, checks },
        missingGrants: launchable
          ? missingGrants.map(missing => ({ ...missing, manifest: grantManifest(missing, launchable) }))
          : [],
        ...(launchable && { reach: reachOf(launchable, launchDescription(launchable, review)) }),
      },
    };
  }),
];

/** The run that a dispatch would make, with the defaults of its kind; it is never stored. */
function draft(
  { namespace, principal }: OrganizationContext,
  spec: Record<string, unknown>,
): AgentDispatchRun {
  const { apiVersion, kind } = AgentDispatchRun;
  const requestedBy = principalName(principal);
  const given = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
  const object = {
    apiVersion,
    kind,
    metadata: { name: 'review', namespace },
    spec: { ...given, requestedBy },
  };
  return applyDefaults(structuralSchemaOf(AgentDispatchRun), object) as unknown as AgentDispatchRun;
}

async function partsFor(context: OrganizationContext, run: AgentDispatchRun): Promise<PermissionReviewInput> {
  const { client, namespace } = context;
  const named = async <K extends Kind>(
    kind: K,
    name: string | undefined,
  ): Promise<ResourceOf<K> | undefined> =>
    name === undefined ? undefined : client.get(kind, { namespace, name });
  const stack = await named(AgentStack, run.spec.agentStack);
  const spec = stack?.spec;
  const [repository, adapter, provider, serviceAccount, toolProfile, workspacePolicy, runnerPool] =
    await Promise.all([
      named(Repository, run.spec.repository),
      named(AgentAdapter, spec?.adapter),
      named(AgentProviderConfig, spec?.provider),
      named(AgentServiceAccount, spec?.runtimeIdentity.serviceAccountRef),
      named(AgentToolProfile, spec?.toolProfileRef),
      named(KrateWorkspacePolicy, spec?.workspacePolicyRef),
      named(RunnerPool, run.spec.runnerPool ?? spec?.runnerPool),
    ]);
  const [bindings, grants] = await Promise.all([
    client.list(AgentRoleBinding, { namespace }),
    client.list(AgentSecretGrant, { namespace }),
  ]);
  return {
    ...{
      run,
      stack,
      repository,
      adapter,
      provider,
      serviceAccount,
      toolProfile,
      workspacePolicy,
      runnerPool,
    },
    bindings: bindings.items,
    grants: grants.items,
  };
}

function hasStack(parts: PermissionReviewInput): parts is LaunchParts {
  return parts.stack !== undefined;
}
