import { RunnerPool } from '@krate/plugin-forge-common';

type Tier = 'trusted' | 'untrusted';

/** Untrusted work never enters a trusted pool; trusted work may run where less is allowed. */
export function admits(pool: RunnerPool, tier: Tier): boolean {
  return tier === 'trusted' || pool.spec.trustTier === 'untrusted';
}

/** The pool a job waits in: the one it names, else the first that is meant for its tier, else the first that admits it. */
export function choosePool(
  pools: readonly RunnerPool[],
  tier: Tier,
  wanted: string | undefined,
): string | undefined {
  const usable = [...pools]
    .filter(pool => admits(pool, tier) && !pool.metadata.deletionTimestamp)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  if (wanted) return usable.find(({ metadata }) => metadata.name === wanted)?.metadata.name;
  return (usable.find(({ spec }) => spec.trustTier === tier) ?? usable[0])?.metadata.name;
}
