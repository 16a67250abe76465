import { Principal } from '@krate/plugin-control-plane-node';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { RepositoryAccess } from '../access/RepositoryAccess';

/** What a git client asks for: to fetch, or to push. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** Whether a service may be run. Every transport asks this, and says what it answers in its own way. */
export type OpenedService =
  /** `name`: what it is called now; the client may have used an older one. */
  | { outcome: 'open'; key: RepositoryKey; name: string }
  | { outcome: 'sign-in' | 'hidden' | 'forbidden' | 'not-ready'; message: string };

/** Finds the repository behind `<organization>/<name>` and decides whether this principal may use the service there. */
export async function openService(
  { access, repositories }: { access: RepositoryAccess; repositories: GitRepositories },
  principal: Principal,
  { organization, name, service }: { organization: string; name: string; service: GitService },
): Promise<OpenedService> {
  const verb = service === 'git-receive-pack' ? 'push' : 'get';
  const decision = await access.decide(principal, organization, name, verb);
  if (decision.outcome === 'sign-in')
    return { outcome: 'sign-in', message: 'Sign in with a Krate token as the password' };
  if (decision.outcome === 'hidden')
    return { outcome: 'hidden', message: 'There is no such repository, or it is hidden from you' };
  if (decision.outcome === 'forbidden') {
    const message = `You may read this repository and not push to it. ${decision.reason}`;
    return { outcome: 'forbidden', message };
  }
  const { metadata, spec } = decision.repository;
  const key = { namespace: metadata.namespace!, repository: metadata.name };
  if (verb === 'push' && spec.archived) {
    return { outcome: 'forbidden', message: `${metadata.name} is archived: it can be read and not changed` };
  }
  if (!repositories.exists(key))
    return { outcome: 'not-ready', message: 'The repository is still being made; try again in a moment' };
  return { outcome: 'open', key, name: spec.renamedTo ?? metadata.name };
}
