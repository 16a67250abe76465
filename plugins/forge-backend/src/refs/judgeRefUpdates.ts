import { RefRefusal, RefUpdate } from '@krate/plugin-forge-node';
import {
  approvalsRequired,
  checksRequired,
  deletion,
  forcePush,
  linearBranch,
  pullRequestRequired,
  signedBranch,
} from './protectionRules';
import { denied, historyStays, hookGates, linearHistory, signedCommits } from './policyRules';
import { RefFacts, RefRule } from './RefFacts';
import { archived, defaultBranchStays, publicNamespace, validName } from './repositoryRules';

/** What a ref must satisfy whoever moves it, in the order in which people are told. */
const RULES: readonly RefRule[] = [
  ...[archived, validName, publicNamespace, denied, defaultBranchStays],
  ...[
    pullRequestRequired,
    approvalsRequired,
    checksRequired,
    forcePush,
    deletion,
    linearBranch,
    signedBranch,
  ],
  ...[historyStays, linearHistory, signedCommits, hookGates],
];

/** The rules of a repository, applied to the updates somebody wants. Pure: all facts are given. */
export function judgeRefUpdates(updates: readonly RefUpdate[], facts: RefFacts): RefRefusal[] {
  return updates.flatMap(update => {
    const refusal = RULES.map(rule => rule(update, facts)).find(found => found !== undefined);
    return refusal ? [{ ref: update.ref, ...refusal }] : [];
  });
}
