import { isFullRef, RefRefusal, RefUpdate, RefUpdateOrigin } from '@krate/plugin-forge-node';
import { BranchProtection, Repository } from '@krate/plugin-forge-common';
import { refMatches } from './refPattern';

export interface RefFacts {
  repository: Repository;
  /** Those of the namespace; the ones of other repositories are ignored. */
  protections: readonly BranchProtection[];
  origin: RefUpdateOrigin;
  /** The caller may pass protections that do not bind admins. */
  mayBypass: boolean;
}

type Rule = (update: RefUpdate, facts: RefFacts) => Omit<RefRefusal, 'ref'> | undefined;

/** What a ref must satisfy whoever moves it, in the order in which people are told. */
const RULES: readonly Rule[] = [
  archived,
  validName,
  publicNamespace,
  defaultBranchStays,
  ...[pullRequestRequired, forcePush, deletion],
];

/** The rules of a repository, applied to the updates somebody wants. Pure: all facts are given. */
export function judgeRefUpdates(updates: readonly RefUpdate[], facts: RefFacts): RefRefusal[] {
  return updates.flatMap(update => {
    const refusal = RULES.map(rule => rule(update, facts)).find(found => found !== undefined);
    return refusal ? [{ ref: update.ref, ...refusal }] : [];
  });
}

/** The protections that bind this ref of this repository. */
export function protectionsOf(
  ref: string,
  repository: string,
  protections: readonly BranchProtection[],
): BranchProtection[] {
  return protections.filter(
    ({ spec }) =>
      (spec.repository === undefined || spec.repository === repository) &&
      spec.refs.some(pattern => refMatches(pattern, ref)),
  );
}

function archived(_update: RefUpdate, { repository }: RefFacts) {
  if (!repository.spec.archived) return undefined;
  return {
    rule: 'archived',
    message: `${repository.metadata.name} is archived: it can be read and not changed`,
  };
}

function validName({ ref, newSha }: RefUpdate) {
  const ambiguous = /^refs\/(heads|tags)\/([0-9a-f]{40}|HEAD)$/.test(ref);
  if (!newSha || (isFullRef(ref) && !ambiguous)) return undefined;
  return { rule: 'invalid-name', message: `${printable(ref)} cannot be the name of a ref here` };
}

function publicNamespace({ ref }: RefUpdate) {
  if (/^refs\/(heads|tags)\//.test(ref)) return undefined;
  return {
    rule: 'reserved-namespace',
    message: `${printable(ref)} belongs to the server: only branches and tags can be pushed`,
  };
}

function defaultBranchStays({ ref, newSha }: RefUpdate, { repository }: RefFacts) {
  if (newSha || ref !== `refs/heads/${repository.spec.defaultBranch}`) return undefined;
  return { rule: 'default-branch', message: `${short(ref)} is the default branch and cannot be deleted` };
}

function pullRequestRequired(update: RefUpdate, facts: RefFacts) {
  if (facts.origin === 'merge' || !update.newSha) return undefined;
  // A branch that does not exist yet cannot be the target of a pull request: people may make it, agents may not.
  if (!update.oldSha && facts.origin === 'push') return undefined;
  return broken(
    update,
    facts,
    'require-pull-request',
    spec => spec.requirePullRequest,
    'changes only by pull request',
  );
}

function forcePush(update: RefUpdate, facts: RefFacts) {
  if (!update.forced) return undefined;
  return broken(update, facts, 'force-push', spec => !spec.allowForcePush, 'its history cannot be rewritten');
}

function deletion(update: RefUpdate, facts: RefFacts) {
  if (update.newSha) return undefined;
  return broken(update, facts, 'deletion', spec => !spec.allowDeletion, 'it cannot be deleted');
}

function broken(
  { ref }: RefUpdate,
  { repository, protections, mayBypass }: RefFacts,
  rule: string,
  forbids: (spec: BranchProtection['spec']) => boolean,
  what: string,
): Omit<RefRefusal, 'ref'> | undefined {
  const binding = protectionsOf(ref, repository.metadata.name, protections).find(
    ({ spec }) => forbids(spec) && (spec.enforceAdmins || !mayBypass),
  );
  if (!binding) return undefined;
  return { rule, message: `${short(ref)} is protected by ${binding.metadata.name}: ${what}` };
}

function short(ref: string): string {
  return printable(ref.replace(/^refs\/(heads|tags)\//, ''));
}

function printable(ref: string): string {
  // eslint-disable-next-line no-control-regex
  return ref.slice(0, 120).replace(/[\x00-\x1f\x7f]/g, '?');
}
