import { AccessAttributes, AccessDecision, Principal } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import { isRead } from './roles';

type RunPrincipal = Extract<Principal, { type: 'run' }>;

/** What no run may ever have, whatever an area's rule says: it must not answer its own questions or read secrets. */
const NEVER_CREATED = ['agentapprovals', 'reviews'];

/**
 * What a run may do by itself: read itself, its repository and the workspace that is named after it, in its namespace. A
 * final answer cannot be lifted by an area's rule.
 */
export function decideForRun(
  run: RunPrincipal,
  { verb, group, resource, namespace, name }: AccessAttributes,
  kinds: KindRegistry,
): { decision: AccessDecision; final?: boolean } {
  const refused = (reason: string, final = false) => ({ decision: { allowed: false, reason }, final });
  if (namespace !== run.namespace) return refused('a run acts in its own namespace only', true);
  const kind = kinds.byResource(group, resource);
  if (kind?.actions && verb in kind.actions) return refused(`a run never may "${verb}"`, true);
  if (resource === 'secrets') return refused('a run reads no Secrets', true);
  if (!isRead(verb))
    return refused('a run writes through its own routes only', NEVER_CREATED.includes(resource));

  const own =
    (kind?.kind === run.kind && name === run.name) ||
    (kind?.kind === 'Repository' && name === run.repository) ||
    (kind?.kind === 'KrateWorkspace' && name === run.name);
  return own
    ? { decision: { allowed: true, reason: 'the run’s own' } }
    : refused('a run reads only what it runs on');
}
