import { organizationPath } from '@krate/plugin-control-plane-react';

/** A page of a repository: `web`, then a tab, then what it shows. */
export function repositoryPath(
  organization: string,
  repository: string,
  tab?: string,
  query: Record<string, string> = {},
): string {
  const parameters = new URLSearchParams(query).toString();
  const path = organizationPath(organization, 'repositories', repository, ...(tab ? [tab] : []));
  return parameters ? `${path}?${parameters}` : path;
}

export function pullRequestPath(organization: string, name: string, ...rest: string[]): string {
  return organizationPath(organization, 'pull-requests', name, ...rest);
}

/** Where an agent is sent to work on something; the page has the source filled in. */
export function dispatchPath(organization: string, query: Record<string, string>): string {
  return `${organizationPath(organization, 'dispatch')}?${new URLSearchParams(query)}`;
}

/** `refs/heads/main` as people say it. */
export function branchOf(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}

/** The first characters of a commit, as git shows them. */
export function shortSha(sha: string | undefined): string {
  return sha?.slice(0, 8) ?? '';
}

export function issuePath(organization: string, name: string): string {
  return organizationPath(organization, 'issues', name);
}

export function boardPath(organization: string, project: string): string {
  return organizationPath(organization, 'projects', project);
}
