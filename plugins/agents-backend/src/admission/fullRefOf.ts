import { toBranchRef } from '@krate/plugin-forge-node';
import { invalid } from './refuse';

/** `main` means `refs/heads/main`; the head of a pull request is a ref of its own. */
export function fullRefOf(ref: string): string {
  if (/^refs\/pull\/[1-9]\d{0,8}\/head$/.test(ref)) return ref;
  const branch = /^refs\/(?!heads\/)/.test(ref) ? undefined : toBranchRef(ref);
  if (branch) return branch;
  throw invalid(
    'REF_INVALID',
    'spec.ref',
    'A run starts from a branch (main) or from a pull request (refs/pull/1/head)',
  );
}
