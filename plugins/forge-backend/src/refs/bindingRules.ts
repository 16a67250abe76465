import { BranchProtection, RefPolicy } from '@krate/plugin-forge-common';
import { refMatches } from './refPattern';

/** The protections that bind this ref of this repository. */
export function protectionsOf(
  ref: string,
  repository: string,
  protections: readonly BranchProtection[],
): BranchProtection[] {
  return protections.filter(
    ({ spec }) => concerns(spec, repository) && spec.refs.some(pattern => refMatches(pattern, ref)),
  );
}

/** The policies whose rules on history and signing hold for this ref of this repository. */
export function policiesOf(ref: string, repository: string, policies: readonly RefPolicy[]): RefPolicy[] {
  return policies.filter(
    ({ spec }) =>
      concerns(spec, repository) &&
      (spec.refs.length === 0 || spec.refs.some(pattern => refMatches(pattern, ref))),
  );
}

/** Whether an object without a repository, or with this one, was meant. */
export function concerns(spec: { repository?: string }, repository: string): boolean {
  return spec.repository === undefined || spec.repository === repository;
}
