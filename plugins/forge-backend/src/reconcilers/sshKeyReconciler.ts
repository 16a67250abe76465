import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { User } from '@krate/plugin-control-plane-common';
import { Repository, SSHKey } from '@krate/plugin-forge-common';
import { describeKey } from '../keys/describeKey';
import { keyProblem } from '../keys/keyProblem';
import { SshKeyUseState } from '../observers/sshKeyUseObserver';

type Reason = Extract<ConditionUpdate<typeof SSHKey>, { type: 'Ready' }>['reason'];

const MESSAGES = {
  Revoked: 'The key is revoked',
  Expired: 'The key has expired',
  OwnerMissing: 'Its owner is not a member any more',
  RepositoryMissing: 'The repository does not exist',
} as const;

/** The longest a timer is set for; an expiry further away is looked at again then. */
const LONGEST_WAIT = 86_400;

/** Says what a key is and whether it opens anything; the server itself reads the object at every connection. */
export const sshKeyReconciler = defineReconciler({
  for: SSHKey,
  owns: ['KeyReadable', 'Ready'],
  reads: {
    owner: reads.ref(User, 'spec.owner'),
    repository: reads.ref(Repository, 'spec.repository'),
    keys: reads.all(SSHKey),
    use: reads.observed('ssh-key-use'),
  },
  reconcile({ owner, repository, keys, use, now }, key): Result<typeof SSHKey> {
    const { spec } = key;
    const described = describeKey(spec.key);
    const { lastUsedAt } = use as SshKeyUseState;
    const refusal = refusalOf(described, isDuplicate(key, keys));
    const missing = spec.scope === 'deploy' && !repository ? 'RepositoryMissing' : undefined;
    const problem = keyProblem(key, owner ? [owner] : [], now) ?? missing;
    return {
      status: {
        phase: phaseOf(problem, refusal),
        fingerprint: described.state === 'readable' ? described.fingerprint : null,
        keyType: described.state === 'readable' ? described.keyType : null,
        ...(lastUsedAt ? { lastUsedAt } : {}),
      },
      conditions: [
        refusal
          ? { type: 'KeyReadable', status: 'False', ...refusal }
          : { type: 'KeyReadable', status: 'True', reason: 'Readable', message: 'It is a public key' },
        readyCondition(problem, refusal),
      ],
      requeueAfter: secondsUntil(spec.expiresAt, now),
    };
  },
});

interface Refusal {
  reason: 'Unreadable' | 'TooWeak' | 'Duplicate';
  message: string;
}

function refusalOf(key: ReturnType<typeof describeKey>, duplicate: boolean): Refusal | undefined {
  if (key.state === 'unreadable')
    return { reason: 'Unreadable', message: 'It cannot be read as a public key' };
  if (key.tooWeak) return { reason: 'TooWeak', message: `${key.keyType} is too short; make an ed25519 key` };
  return duplicate ? { reason: 'Duplicate', message: 'An older object has the same key' } : undefined;
}

function isDuplicate({ metadata, spec }: SSHKey, keys: readonly SSHKey[]): boolean {
  const [, blob] = spec.key.split(' ');
  return keys.some(
    other =>
      other.metadata.uid !== metadata.uid &&
      other.spec.key.split(' ')[1] === blob &&
      (other.metadata.creationTimestamp ?? '') < (metadata.creationTimestamp ?? ''),
  );
}

function readyCondition(
  problem: keyof typeof MESSAGES | undefined,
  refusal: Refusal | undefined,
): ConditionUpdate<typeof SSHKey> {
  const no = (reason: Reason, message: string) =>
    ({ type: 'Ready', status: 'False', reason, message }) as const;
  if (problem) return no(problem, MESSAGES[problem]);
  if (refusal) return no('KeyRefused', refusal.message);
  return { type: 'Ready', status: 'True', reason: 'Active', message: 'It opens what it names' };
}

function phaseOf(problem: string | undefined, refusal: Refusal | undefined) {
  if (problem === 'Revoked') return 'Revoked';
  if (problem === 'Expired') return 'Expired';
  return problem || refusal ? 'Pending' : 'Synced';
}

function secondsUntil(expiresAt: string | undefined, now: Date): number | undefined {
  const seconds = expiresAt ? Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1000) : 0;
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT) : undefined;
}
