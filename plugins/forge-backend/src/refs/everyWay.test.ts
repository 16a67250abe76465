import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IdentityMapping, User } from '@krate/plugin-control-plane-common';
import { BranchProtection, Pipeline, RefPolicy, Repository, SSHKey } from '@krate/plugin-forge-common';
import { RefRefusedError, RefUpdateOrigin } from '@krate/plugin-forge-node';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';

jest.setTimeout(120_000);

const web = { namespace: NAMESPACE, repository: 'web' };
const MAIN = 'refs/heads/main';
const ada = { type: 'user', name: 'ada' } as const;

/** By which ways a ref can be moved; each is tried with each rule. */
const WAYS = ['https', 'ssh', 'api', 'promote', 'merge'] as const;
type Way = (typeof WAYS)[number];
const NOT_BY_MERGE: readonly Way[] = ['https', 'ssh', 'api', 'promote'];

interface Move {
  ref: string;
  /** Which of the prepared commits; absent: the ref is deleted. */
  to?: 'plain' | 'rewritten' | 'merged' | 'signed' | 'stranger' | 'first';
}

interface Case {
  reason: string;
  rule: string;
  given: (bed: ForgeBed) => unknown;
  move: Move;
  refused: readonly Way[];
}

const protect = (spec: object) => (bed: ForgeBed) =>
  bed.add(BranchProtection, 'rules', { refs: ['main'], requirePullRequest: false, ...spec });
const policy = (spec: object) => (bed: ForgeBed) =>
  bed.add(RefPolicy, 'policy', { refs: [MAIN], forcePushPolicy: 'allow', ...spec });
const archive = (bed: ForgeBed) => {
  bed.objects.get('repositories/web').spec.archived = true;
};

const CASES: Case[] = [
  { reason: 'nothing forbids it', rule: '', given: () => {}, move: { ref: MAIN, to: 'plain' }, refused: [] },
  {
    reason: 'an archived repository',
    rule: 'archived',
    given: archive,
    move: { ref: MAIN, to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'a ref of the server’s own',
    rule: 'reserved-namespace',
    given: () => {},
    move: { ref: 'refs/pull/1/head', to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'the default branch is deleted',
    rule: 'default-branch',
    given: () => {},
    move: { ref: MAIN },
    refused: WAYS,
  },
  {
    reason: 'a closed ref',
    rule: 'denied-ref',
    given: policy({ denyRules: [{ refs: ['refs/heads/ma*'], message: 'Closed for the audit.' }] }),
    move: { ref: MAIN, to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'a closed ref that is made',
    rule: 'denied-ref',
    given: policy({ denyRules: [{ refs: ['refs/tags/*'], operations: ['create'] }] }),
    move: { ref: 'refs/tags/v1', to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'a pull request is required',
    rule: 'require-pull-request',
    given: protect({ requirePullRequest: true }),
    move: { ref: MAIN, to: 'plain' },
    refused: NOT_BY_MERGE,
  },
  {
    reason: 'approvals are required',
    rule: 'required-approvals',
    given: protect({ requiredApprovals: 1 }),
    move: { ref: MAIN, to: 'plain' },
    refused: NOT_BY_MERGE,
  },
  {
    reason: 'checks have not run',
    rule: 'required-checks',
    given: protect({ requiredChecks: ['test'] }),
    move: { ref: MAIN, to: 'plain' },
    refused: NOT_BY_MERGE,
  },
  {
    reason: 'history is rewritten on a protected branch',
    rule: 'force-push',
    given: protect({}),
    move: { ref: MAIN, to: 'rewritten' },
    refused: WAYS,
  },
  {
    reason: 'history is rewritten under a policy',
    rule: 'force-push',
    given: policy({ forcePushPolicy: 'deny' }),
    move: { ref: MAIN, to: 'rewritten' },
    refused: WAYS,
  },
  {
    reason: 'history is rewritten without a review',
    rule: 'force-push',
    given: policy({ forcePushPolicy: 'allow-with-review' }),
    move: { ref: MAIN, to: 'rewritten' },
    refused: NOT_BY_MERGE,
  },
  {
    reason: 'a tag is moved forward, which is rewriting too',
    rule: 'force-push',
    given: policy({ refs: ['refs/tags/*'], forcePushPolicy: 'deny' }),
    move: { ref: 'refs/tags/v0', to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'a protected branch is deleted',
    rule: 'deletion',
    given: protect({ refs: ['topic'] }),
    move: { ref: 'refs/heads/topic' },
    refused: WAYS,
  },
  {
    reason: 'a merge commit on a linear branch',
    rule: 'linear-history',
    given: protect({ requireLinearHistory: true }),
    move: { ref: MAIN, to: 'merged' },
    refused: WAYS,
  },
  {
    reason: 'a merge commit under a policy',
    rule: 'linear-history',
    given: policy({ requireLinearHistory: true }),
    move: { ref: MAIN, to: 'merged' },
    refused: WAYS,
  },
  {
    reason: 'an unsigned commit on a branch that wants signatures',
    rule: 'signed-commits',
    given: protect({ requireSignedCommits: true }),
    move: { ref: MAIN, to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'an unsigned commit under a policy',
    rule: 'signed-commits',
    given: policy({ signingPolicy: 'required' }),
    move: { ref: MAIN, to: 'plain' },
    refused: WAYS,
  },
  {
    reason: 'a signature by a key nobody registered',
    rule: 'signed-commits',
    given: policy({ signingPolicy: 'required' }),
    move: { ref: MAIN, to: 'stranger' },
    refused: WAYS,
  },
  {
    reason: 'a signature by a member’s key',
    rule: '',
    given: policy({ signingPolicy: 'required' }),
    move: { ref: MAIN, to: 'signed' },
    refused: [],
  },
  {
    reason: 'a gate that cannot be run',
    rule: 'hook-gate',
    given: policy({
      hookGates: [
        {
          name: 'g',
          mode: 'enforce',
          module: { repository: 'web', path: 'g.wasm', digest: `sha256:${'0'.repeat(64)}` },
        },
      ],
    }),
    move: { ref: MAIN, to: 'plain' },
    refused: WAYS,
  },
];

describe('every rule on every way a ref can move', () => {
  let bed: ForgeBed;
  let work: string;
  let env: Record<string, string>;
  const commits: Partial<Record<NonNullable<Move['to']>, string>> = {};
  const initial = new Map<string, string>();

  beforeAll(async () => {
    bed = await ForgeBed.start();
    await bed.startSsh();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [{ path: 'a.txt', content: '1\n' }]);
    const own = await bed.keyPair('ada');
    const foreign = await bed.keyPair('stranger');
    bed.add(User, 'ada', { displayName: 'Ada' });
    bed.add(IdentityMapping, 'ada', { user: 'ada', provider: 'backstage', subject: 'ada' });
    bed.add(SSHKey, 'ada-laptop', { scope: 'user', owner: 'ada', key: own.publicKey });
    env = bed.sshEnvironment(own.file);
    await bed.client(['clone', '--quiet', bed.url('web', 'ada'), 'work']);
    work = join(bed.directory, 'work');
    await bed.client(['remote', 'add', 'ssh', bed.sshUrl('web')], work);
    await prepare(own.file, foreign.file);
    await bed.client(
      [
        'push',
        '--quiet',
        'origin',
        ...Object.entries(commits).map(([name, sha]) => `${sha}:refs/heads/kept/${name}`),
      ],
      work,
    );
    await bed.client(['push', '--quiet', 'origin', 'HEAD:refs/heads/topic', 'HEAD:refs/tags/v0'], work);
    for (const { ref, sha } of await bed.repositories.listRefs(web, 'refs/')) initial.set(ref, sha);
  });
  afterAll(() => bed.stop());

  beforeEach(async () => {
    for (const plural of ['branchprotections', 'refpolicies', 'pipelines'])
      for (const { metadata } of bed.all(plural)) bed.objects.delete(`${plural}/${metadata.name}`);
    bed.objects.get('repositories/web').spec.archived = false;
    const gitDir = bed.repositories.directory(web);
    for (const { ref } of await bed.repositories.listRefs(web, 'refs/'))
      if (!initial.has(ref)) await bed.git.run(['update-ref', '-d', ref], { gitDir });
    for (const [ref, sha] of initial) await bed.git.run(['update-ref', ref, sha], { gitDir });
  });

  /** Commits of every sort on top of main, which stays where it is. */
  async function prepare(ownKey: string, foreignKey: string): Promise<void> {
    const tree = async (content: string) => {
      await writeFile(join(work, 'a.txt'), content);
      await bed.client(['add', 'a.txt'], work);
      return (await bed.client(['write-tree'], work)).stdout.trim();
    };
    const commit = async (content: string, parents: string[], key?: string) => {
      const sign = key ? ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`] : [];
      const args = [
        'commit-tree',
        ...(key ? ['-S'] : []),
        await tree(content),
        ...parents.flatMap(p => ['-p', p]),
      ];
      return (await bed.client([...sign, ...args, '-m', content], work)).stdout.trim();
    };
    const main = (await bed.client(['rev-parse', 'HEAD'], work)).stdout.trim();
    commits.first = main;
    commits.plain = await commit('plain', [main]);
    commits.rewritten = await commit('rewritten', []);
    commits.merged = await commit('merged', [main, commits.plain]);
    commits.signed = await commit('signed', [main], ownKey);
    commits.stranger = await commit('stranger', [main], foreignKey);
    await bed.client(['checkout', '--quiet', '--force', 'main'], work);
  }

  /** Tries to move a ref; answers what the caller is told when it does not move. */
  async function attempt(way: Way, { ref, to }: Move): Promise<string | undefined> {
    const sha = to && commits[to];
    if (way === 'https' || way === 'ssh') {
      const remote = way === 'ssh' ? 'ssh' : 'origin';
      const pushed = await bed.client(['push', '--force', remote, `${sha ?? ''}:${ref}`], work, env);
      return pushed.exitCode === 0 ? undefined : pushed.stderr;
    }
    const expectedOld = await bed.repositories.readRef(web, ref);
    try {
      if (way === 'promote' && sha) {
        await bed.repositories.promote({
          ...web,
          from: join(work, '.git'),
          sha,
          ref,
          expectedOld,
          principal: ada,
        });
      } else {
        const origin: RefUpdateOrigin = way === 'promote' ? 'promote' : way;
        await bed.repositories.updateRef({ ...web, ref, sha, expectedOld, principal: ada, origin });
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof RefRefusedError)) throw error;
      return error.refusals.map(({ rule, message }) => `${message} [${rule}]`).join('\n');
    }
  }

  describe.each(CASES)('$rule: $reason', ({ rule, given, move, refused }) => {
    it.each(WAYS)('%s', async way => {
      given(bed);
      const said = await attempt(way, move);
      const refuses = refused.includes(way);
      const wanted = refuses ? initial.get(move.ref) : move.to && commits[move.to];
      expect(await bed.repositories.readRef(web, move.ref)).toBe(wanted);
      // Before git looks at a push to an archived repository, the transport says it.
      const words = rule === 'archived' ? 'web is archived' : `[${rule}]`;
      expect(said ?? '').toContain(refuses ? words : '');
      expect(said === undefined).toBe(!refuses);
    });
  });

  it('lets a commit in whose checks succeeded on another branch', async () => {
    protect({ requiredChecks: ['test'] })(bed);
    const jobs = [{ name: 'unit', steps: [{ name: 'run', run: 'true' }] }];
    bed.add(
      Pipeline,
      'p',
      { repository: 'web', ref: 'refs/heads/kept/plain', sha: commits.plain, workflow: 'test', jobs },
      { status: { phase: 'Succeeded', jobs: [{ name: 'unit', job: 'j', phase: 'Succeeded' }] } },
    );
    expect(await attempt('https', { ref: MAIN, to: 'plain' })).toBeUndefined();
    expect(await attempt('https', { ref: MAIN, to: 'signed' })).toContain(
      'test is pending [required-checks]',
    );
  });

  it.each([
    { reason: 'was revoked', change: { revoked: true } },
    { reason: 'has expired', change: { expiresAt: '2020-01-01T00:00:00Z' } },
    { reason: 'is for logging in only', change: { uses: ['authentication'] } },
    { reason: 'belongs to nobody any more', change: { owner: 'gone' } },
  ])('takes no signature by a key that $reason', async ({ change }) => {
    policy({ signingPolicy: 'required' })(bed);
    const { spec } = bed.objects.get('sshkeys/ada-laptop');
    const before = { ...spec };
    Object.assign(spec, change);
    expect(await attempt('https', { ref: MAIN, to: 'signed' })).toContain('no member registered for signing');
    for (const field of Object.keys(change)) delete spec[field];
    Object.assign(spec, before);
  });
});
