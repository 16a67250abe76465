import { RefUpdate } from '@krate/plugin-forge-node';
import { RefPolicy } from '@krate/plugin-forge-common';
import { concerns, policiesOf } from './bindingRules';
import { NO_COMMITS, RefFacts, RefRule } from './RefFacts';
import { refMatches } from './refPattern';
import { shortRef } from './refWords';

/** Refs that are closed to everybody, whichever way they are moved. */
export const denied: RefRule = (update, { repository, policies }) => {
  for (const { metadata, spec } of policies) {
    if (!concerns(spec, repository.metadata.name)) continue;
    const rule = spec.denyRules.find(
      ({ refs, operations }) =>
        operations.includes(operationOf(update)) && refs.some(pattern => refMatches(pattern, update.ref)),
    );
    if (!rule) continue;
    const why = rule.message ?? `nobody may ${operationOf(update)} it`;
    return { rule: 'denied-ref', message: `${shortRef(update.ref)} is closed by ${metadata.name}: ${why}` };
  }
  return undefined;
};

export const historyStays: RefRule = (update, facts) => {
  if (!update.forced) return undefined;
  const forbids = ({ forcePushPolicy }: RefPolicy['spec']) =>
    forcePushPolicy === 'deny' || (forcePushPolicy === 'allow-with-review' && facts.origin !== 'merge');
  return broken(update, facts, 'force-push', forbids, 'published history cannot be rewritten');
};

export const linearHistory: RefRule = (update, facts) => {
  const { merges } = facts.incoming.get(update.ref) ?? NO_COMMITS;
  if (merges.length === 0) return undefined;
  const what = `no merge commits, and ${merges[0].slice(0, 12)} is one`;
  return broken(update, facts, 'linear-history', spec => spec.requireLinearHistory, what);
};

export const signedCommits: RefRule = (update, facts) => {
  const [first] = facts.incoming.get(update.ref)?.unsigned ?? [];
  if (!first) return undefined;
  const what = `signed commits only, and ${first.sha.slice(0, 12)} ${first.problem}`;
  return broken(update, facts, 'signed-commits', spec => spec.signingPolicy === 'required', what);
};

/** No gate is run by this version of Krate; one that is to be enforced must not be passed for that. */
export const hookGates: RefRule = (update, facts) =>
  update.newSha
    ? broken(
        update,
        facts,
        'hook-gate',
        spec => spec.hookGates.some(({ mode }) => mode === 'enforce'),
        'a gate of its own must judge the push, and this installation runs none',
      )
    : undefined;

function broken(
  { ref }: RefUpdate,
  { repository, policies }: RefFacts,
  rule: string,
  forbids: (spec: RefPolicy['spec']) => boolean,
  what: string,
): ReturnType<RefRule> {
  const binding = policiesOf(ref, repository.metadata.name, policies).find(({ spec }) => forbids(spec));
  return binding && { rule, message: `${shortRef(ref)} is under ${binding.metadata.name}: ${what}` };
}

function operationOf({ oldSha, newSha }: RefUpdate): 'create' | 'update' | 'delete' {
  if (!newSha) return 'delete';
  return oldSha ? 'update' : 'create';
}
