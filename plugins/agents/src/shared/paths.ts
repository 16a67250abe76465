import { organizationPath } from '@krate/plugin-control-plane-react';

export const runPath = (organization: string, name: string) => organizationPath(organization, 'runs', name);
export const stackPath = (organization: string, name: string) =>
  organizationPath(organization, 'stacks', name);
export const repositoryPath = (organization: string, name: string) =>
  organizationPath(organization, 'repositories', name);
/** Where the forge shows a pull request. */
export const pullRequestPath = (organization: string, name: string) =>
  organizationPath(organization, 'pull-requests', name);

/** The dispatch page with its fields filled in. */
export function dispatchPath(
  organization: string,
  fields: { repository?: string; path?: string; stack?: string; branch?: string } = {},
): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]));
  const query = new URLSearchParams(given).toString();
  return `${organizationPath(organization, 'dispatch')}${query && `?${query}`}`;
}
