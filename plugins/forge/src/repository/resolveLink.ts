import { repositoryPath } from '../api/links';

export interface LinkOrigin {
  organization: string;
  repository: string;
  branch: string;
  /** The file that has the link. */
  from: string;
}

/** Where a link of a markdown file leads: relative ones to the file in the code tab, all others where they say. */
export function resolveLink(address: string, { organization, repository, branch, from }: LinkOrigin): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address)) return address;
  const [target] = address.split(/[?#]/);
  const base = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const path: string[] = base;
  for (const part of target.split('/')) {
    if (part === '..') path.pop();
    else if (part && part !== '.') path.push(part);
  }
  return repositoryPath(organization, repository, 'code', { ref: branch, path: path.join('/') });
}
