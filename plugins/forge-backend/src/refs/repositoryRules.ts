import { isFullRef } from '@krate/plugin-forge-node';
import { RefRule } from './RefFacts';
import { printableRef, shortRef } from './refWords';

/** An archived repository can be read and not changed. */
export const archived: RefRule = (_update, { repository }) => {
  if (!repository.spec.archived) return undefined;
  return {
    rule: 'archived',
    message: `${repository.metadata.name} is archived: it can be read and not changed`,
  };
};

/** What exists under a bad name may still be deleted. */
export const validName: RefRule = ({ ref, newSha }) => {
  const ambiguous = /^refs\/(heads|tags)\/([0-9a-f]{40}|HEAD)$/.test(ref);
  if (!newSha || (isFullRef(ref) && !ambiguous)) return undefined;
  return { rule: 'invalid-name', message: `${printableRef(ref)} cannot be the name of a ref here` };
};

export const publicNamespace: RefRule = ({ ref }) => {
  if (/^refs\/(heads|tags)\//.test(ref)) return undefined;
  return {
    rule: 'reserved-namespace',
    message: `${printableRef(ref)} belongs to the server: only branches and tags can be pushed`,
  };
};

export const defaultBranchStays: RefRule = ({ ref, newSha }, { repository }) => {
  if (newSha || ref !== `refs/heads/${repository.spec.defaultBranch}`) return undefined;
  return { rule: 'default-branch', message: `${shortRef(ref)} is the default branch and cannot be deleted` };
};
