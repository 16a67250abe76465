import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Resource } from '@krate/resource-model';

/** Where the repository of an object is written when it is not its own: of a review in its pull request, of a job in its pipeline. */
const BY_WAY_OF: Readonly<Record<string, { kind: string; field: string }>> = {
  Review: { kind: 'PullRequest', field: 'pullRequest' },
  Job: { kind: 'Pipeline', field: 'pipeline' },
  AgentApproval: { kind: 'AgentDispatchRun', field: 'dispatchRun' },
  KrateArtifact: { kind: 'AgentDispatchRun', field: 'dispatchRun' },
};

/** The repositories an object belongs to, its home first. */
export async function repositoriesOf(
  object: Resource<any, any>,
  { client, kinds }: Pick<ControlPlane, 'client' | 'kinds'>,
): Promise<string[]> {
  if (object.kind === 'Repository') return [object.metadata.name];
  const { repository, repositoryRefs = [] } = object.spec ?? {};
  if (repository || repositoryRefs.length > 0) return [repository, ...repositoryRefs].filter(Boolean);
  const way = BY_WAY_OF[object.kind];
  const kind = way && kinds.kind(way.kind);
  const name = way && object.spec?.[way.field];
  if (!kind || !name) return [];
  const parent: Resource<any> | undefined = await client.get(kind, {
    namespace: object.metadata.namespace,
    name,
  });
  return parent?.spec?.repository ? [parent.spec.repository] : [];
}
