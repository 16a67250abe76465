import { User } from '@krate/plugin-control-plane-common';
import { SSHKey } from '@krate/plugin-forge-common';

export type KeyProblem = 'Revoked' | 'Expired' | 'OwnerMissing' | 'RepositoryMissing';

/** Why a key opens and signs nothing any more; undefined: it does. What it opens is another question. */
export function keyProblem({ spec }: SSHKey, users: readonly User[], now: Date): KeyProblem | undefined {
  if (spec.revoked) return 'Revoked';
  if (spec.expiresAt && Date.parse(spec.expiresAt) <= now.getTime()) return 'Expired';
  if (spec.scope === 'user' && !users.some(user => isActive(user, spec.owner))) return 'OwnerMissing';
  if (spec.scope === 'deploy' && !spec.repository) return 'RepositoryMissing';
  return undefined;
}

function isActive({ metadata, spec }: User, name: string | undefined): boolean {
  return metadata.name === name && !spec.disabled && !metadata.deletionTimestamp;
}
