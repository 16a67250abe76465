import { BranchProtection, RefPolicy } from '@krate/plugin-forge-common';
import { policiesOf, protectionsOf } from './bindingRules';

/** The rules of one namespace, as far as they bind refs. */
export interface BindingRules {
  protections: readonly BranchProtection[];
  policies: readonly RefPolicy[];
}

/** Whether commits that come to the ref must be signed. */
export function mustBeSigned(ref: string, repository: string, rules: BindingRules): boolean {
  return (
    protectionsOf(ref, repository, rules.protections).some(({ spec }) => spec.requireSignedCommits) ||
    policiesOf(ref, repository, rules.policies).some(({ spec }) => spec.signingPolicy === 'required')
  );
}

/** Whether the ref takes no merge commits. */
export function mustBeLinear(ref: string, repository: string, rules: BindingRules): boolean {
  return (
    protectionsOf(ref, repository, rules.protections).some(({ spec }) => spec.requireLinearHistory) ||
    policiesOf(ref, repository, rules.policies).some(({ spec }) => spec.requireLinearHistory)
  );
}

/** The checks that must have succeeded on a commit before it comes to the ref. */
export function checksNeeded(ref: string, repository: string, rules: BindingRules): string[] {
  return [
    ...new Set(protectionsOf(ref, repository, rules.protections).flatMap(({ spec }) => spec.requiredChecks)),
  ];
}
