import { defineEffect, EffectError, ResourceClient } from '@krate/controller-runtime';
import { KrateWorkspace } from '@krate/plugin-agents-common';
import { ApiError } from '@krate/resource-model';
import { Checkout, WorkspaceRequest, Workspaces } from '../workspace/Workspaces';

interface Claim {
  namespace: string;
  workspace: string;
  run: string;
}

/** Checks out the commit that a workspace starts from. */
export function prepareWorkspaceEffect(workspaces: Workspaces) {
  return defineEffect<WorkspaceRequest, Checkout>({
    name: 'prepare-workspace',
    async observe(_key, { uid }) {
      const checkout = await workspaces.find(uid);
      return checkout ? { state: 'done', result: checkout } : { state: 'absent' };
    },
    perform: (_key, input) => workspaces.prepare(input),
  });
}

/** Removes the files of a workspace. */
export function removeWorkspaceEffect(workspaces: Workspaces) {
  return defineEffect<WorkspaceRequest, Record<string, never>>({
    name: 'remove-workspace',
    observe: async (_key, { uid }) =>
      workspaces.exists(uid) ? { state: 'absent' } : { state: 'done', result: {} },
    async perform(_key, input) {
      await workspaces.remove(input);
      return {};
    },
  });
}

/** Gives a free workspace to a run: of two that ask for it at once, the store lets one have it. */
export function claimWorkspaceEffect(client: ResourceClient) {
  return defineEffect<Claim, Record<string, never>>({
    name: 'claim-workspace',
    maxAttempts: 10_000,
    async observe(_key, input) {
      const workspace = await client.get(KrateWorkspace, {
        namespace: input.namespace,
        name: input.workspace,
      });
      return workspace?.spec.runRef === input.run ? { state: 'done', result: {} } : { state: 'absent' };
    },
    async perform(_key, input) {
      await setRun(client, input, undefined, input.run);
      return {};
    },
  });
}

/** Gives a workspace back when its run is over. */
export function releaseWorkspaceEffect(client: ResourceClient) {
  return defineEffect<Claim, Record<string, never>>({
    name: 'release-workspace',
    async observe(_key, input) {
      const workspace = await client.get(KrateWorkspace, {
        namespace: input.namespace,
        name: input.workspace,
      });
      return workspace?.spec.runRef === input.run ? { state: 'absent' } : { state: 'done', result: {} };
    },
    async perform(_key, input) {
      await setRun(client, input, input.run, undefined);
      return {};
    },
  });
}

/** Replaces the run of a workspace if it is still what it was when it was read. */
async function setRun(
  client: ResourceClient,
  { namespace, workspace, run }: Claim,
  from: string | undefined,
  to: string | undefined,
): Promise<void> {
  const found = await client.get(KrateWorkspace, { namespace, name: workspace });
  if (!found)
    throw new EffectError('workspace-missing', `The workspace ${workspace} does not exist any more`);
  if (found.spec.runRef !== from)
    throw new EffectError(
      'workspace-in-use',
      `The workspace ${workspace} is in use by ${found.spec.runRef ?? 'nobody'}, not ${run}`,
      true,
    );
  const { runRef: _, ...spec } = found.spec;
  try {
    await client.update(KrateWorkspace, { ...found, spec: { ...spec, ...(to && { runRef: to }) } });
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Conflict')
      throw new EffectError('workspace-moved', 'The workspace changed at the same time', true);
    throw error;
  }
}
