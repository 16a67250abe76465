import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResourceClient } from '@krate/controller-runtime';
import { User } from '@krate/plugin-control-plane-common';
import { SSHKey } from '@krate/plugin-forge-common';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { allowedSigners } from './allowedSigners';

/** Commits whose signatures are checked in one push. Each takes a process or two of ssh-keygen. */
export const MAX_SIGNATURES = 2000;
const TIME_LIMIT_MS = 10 * 60_000;

export interface CommitSignature {
  sha: string;
  /** Good: by whom. */
  signer?: string;
  /** Not good: what is wrong, to follow the commit's name in a sentence. */
  problem?: string;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  N: 'has no signature',
  U: 'is signed by a key that no member registered for signing',
  B: 'has a bad signature',
};

/** Checks signatures of commits against the keys that members registered for signing, by git and ssh-keygen themselves. */
export class SignatureVerifier {
  constructor(
    private readonly options: {
      client: ResourceClient;
      repositories: GitRepositories;
      /** What the server signs its merges with, in the form of `ssh-ed25519 AAAA…`. */
      serverKey(): Promise<string>;
      now?: () => Date;
    },
  ) {}

  /** The commits of a range (lines for `git log --stdin`) without a good signature by a known key. */
  async findUnsigned(
    key: RepositoryKey,
    range: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ sha: string; problem: string }[]> {
    const signatures = await this.verify(key, range, environment);
    if (signatures.length > MAX_SIGNATURES) {
      const { sha } = signatures[MAX_SIGNATURES];
      return [{ sha, problem: `is one of more than ${MAX_SIGNATURES} to be checked: push them in parts` }];
    }
    return signatures.flatMap(({ sha, problem }) => (problem ? [{ sha, problem }] : []));
  }

  /** How each commit of a range is signed, {@link MAX_SIGNATURES} of them and one more. */
  async verify(
    key: RepositoryKey,
    range: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommitSignature[]> {
    const { repositories } = this.options;
    const scratch = await mkdtemp(join(tmpdir(), 'krate-signers-'));
    try {
      const file = join(scratch, 'allowed_signers');
      await writeFile(file, await this.signersOf(key), { mode: 0o600 });
      const args = ['log', `--max-count=${MAX_SIGNATURES + 1}`, '--format=%H%x00%G?%x00%GS', '--stdin'];
      const text = await repositories.git.text(args, {
        gitDir: repositories.directory(key),
        env: environment,
        input: range,
        timeoutMs: TIME_LIMIT_MS,
        config: { 'gpg.ssh.allowedSignersFile': file },
      });
      return text.split('\n').filter(Boolean).map(signatureOf);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private async signersOf({ namespace, repository }: RepositoryKey): Promise<string> {
    const { client, serverKey, now } = this.options;
    const [keys, users] = [await client.list(SSHKey, { namespace }), await client.list(User, { namespace })];
    return allowedSigners({
      keys: keys.items,
      users: users.items,
      repository,
      serverKey: await serverKey(),
      now: now?.() ?? new Date(),
    });
  }
}

function signatureOf(line: string): CommitSignature {
  const [sha, verdict, signer] = line.split('\0');
  if (verdict === 'G') return { sha, signer };
  return { sha, problem: PROBLEMS[verdict] ?? 'has a signature that cannot be checked' };
}
