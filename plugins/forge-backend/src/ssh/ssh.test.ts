import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IdentityMapping, User } from '@krate/plugin-control-plane-common';
import { Repository, SSHKey } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';
import { parseGitCommand } from './parseGitCommand';

jest.setTimeout(60_000);

const web = { namespace: NAMESPACE, repository: 'web' };

describe('git over SSH, with the real git and ssh', () => {
  let bed: ForgeBed;
  let port: number;
  const files: Record<string, string> = {};

  beforeAll(async () => {
    bed = await ForgeBed.start();
    port = await bed.startSsh();
    for (const [name, visibility] of [
      ['web', 'private'],
      ['api', 'private'],
      ['open', 'public'],
    ]) {
      bed.add(Repository, name, { visibility });
      await bed.createRepository(name, [{ path: 'README.md', content: `# ${name}\n` }]);
    }
    for (const person of ['ada', 'vera']) {
      bed.add(User, person, { displayName: person });
      bed.add(IdentityMapping, person, { user: person, provider: 'backstage', subject: person });
    }
    const keys: Record<string, object> = {
      ada: { scope: 'user', owner: 'ada' },
      adaReads: { scope: 'user', owner: 'ada', readOnly: true },
      vera: { scope: 'user', owner: 'vera' },
      gone: { scope: 'user', owner: 'gone' },
      revoked: { scope: 'user', owner: 'ada', revoked: true },
      expired: { scope: 'user', owner: 'ada', expiresAt: '2020-01-01T00:00:00Z' },
      signs: { scope: 'user', owner: 'ada', uses: ['signing'] },
      deploy: { scope: 'deploy', repository: 'web' },
      deployWrites: { scope: 'deploy', repository: 'web', readOnly: false },
      robot: { scope: 'automation', repositories: ['web', 'api'], readOnly: false },
    };
    for (const [name, spec] of Object.entries(keys)) {
      const pair = await bed.keyPair(name);
      files[name] = pair.file;
      bed.add(SSHKey, name.toLowerCase(), { ...spec, key: pair.publicKey });
    }
    files.stranger = (await bed.keyPair('stranger')).file;
  });
  afterAll(() => bed.stop());

  const fetching = (key: string, repository: string) =>
    bed.client(['ls-remote', bed.sshUrl(repository)], bed.directory, bed.sshEnvironment(files[key]));
  const pushing = async (key: string, repository: string) => {
    const from = bed.repositories.directory(web);
    const args = ['--git-dir', from, 'push', '--force', bed.sshUrl(repository), `main:refs/heads/by-${key}`];
    return bed.client(args, bed.directory, bed.sshEnvironment(files[key]));
  };

  const NOT_KNOWN = 'Permission denied (publickey)';
  const HIDDEN = 'no such repository, or it is hidden';
  const READS = 'not push to it';
  it.each([
    { key: 'ada', repository: 'web', fetches: '', pushes: '' },
    { key: 'adaReads', repository: 'web', fetches: '', pushes: READS },
    { key: 'vera', repository: 'web', fetches: '', pushes: READS },
    { key: 'deploy', repository: 'web', fetches: '', pushes: READS },
    { key: 'deploy', repository: 'api', fetches: HIDDEN, pushes: HIDDEN },
    { key: 'deploy', repository: 'open', fetches: '', pushes: READS },
    { key: 'deployWrites', repository: 'web', fetches: '', pushes: '' },
    { key: 'deployWrites', repository: 'api', fetches: HIDDEN, pushes: HIDDEN },
    { key: 'robot', repository: 'api', fetches: '', pushes: '' },
    { key: 'robot', repository: 'absent', fetches: HIDDEN, pushes: HIDDEN },
    { key: 'revoked', repository: 'web', fetches: NOT_KNOWN, pushes: NOT_KNOWN },
    { key: 'expired', repository: 'web', fetches: NOT_KNOWN, pushes: NOT_KNOWN },
    { key: 'signs', repository: 'web', fetches: NOT_KNOWN, pushes: NOT_KNOWN },
    { key: 'gone', repository: 'web', fetches: NOT_KNOWN, pushes: NOT_KNOWN },
    { key: 'stranger', repository: 'open', fetches: NOT_KNOWN, pushes: NOT_KNOWN },
  ])('$key and $repository', async ({ key, repository, fetches, pushes }) => {
    const fetched = await fetching(key, repository);
    expect(fetched.exitCode === 0).toBe(fetches === '');
    expect(fetched.stderr).toContain(fetches);
    const pushed = await pushing(key, repository);
    expect(pushed.exitCode === 0).toBe(pushes === '');
    expect(pushed.stderr).toContain(pushes);
  });

  it('clones and pushes large packs, by protocol 2, and names who pushed', async () => {
    const env = { ...bed.sshEnvironment(files.ada), GIT_TRACE_PACKET: '1' };
    const cloned = await bed.client(
      ['-c', 'protocol.version=2', 'clone', bed.sshUrl('web'), 'work'],
      bed.directory,
      env,
    );
    expect(cloned.exitCode).toBe(0);
    expect(cloned.stderr).toContain('version 2');
    const work = join(bed.directory, 'work');
    await writeFile(join(work, 'large.bin'), randomBytes(8 * 1024 * 1024));
    const sha = await bed.commitFile(work, 'small.txt', 'x');
    const pushed = await bed.client(['push', 'origin', 'HEAD:large'], work, bed.sshEnvironment(files.ada));
    expect(pushed.exitCode).toBe(0);
    expect(await bed.repositories.readRef(web, 'refs/heads/large')).toBe(sha);
    expect(bed.audit).toContainEqual(
      expect.objectContaining({ action: 'git.push', principal: expect.objectContaining({ name: 'ada' }) }),
    );
    const shallow = await bed.client(
      ['clone', '--quiet', '--depth=1', '--filter=blob:none', '--no-checkout', bed.sshUrl('web'), 'shallow'],
      bed.directory,
      bed.sshEnvironment(files.deploy),
    );
    expect(shallow.exitCode).toBe(0);
  });

  it('notes when a key was used', async () => {
    await fetching('robot', 'web');
    expect(await bed.keyUse.lastUsed(bed.objects.get('sshkeys/robot').metadata.uid)).toBeInstanceOf(Date);
    expect(bed.woken).toContain('SSHKey/robot');
    expect(await bed.keyUse.lastUsed('never')).toBeUndefined();
  });

  it('opens nothing any more from the moment a key is revoked', async () => {
    expect((await fetching('deployWrites', 'web')).exitCode).toBe(0);
    bed.objects.get('sshkeys/deploywrites').spec.revoked = true;
    expect((await fetching('deployWrites', 'web')).stderr).toContain(NOT_KNOWN);
  });

  const ssh = (...args: string[]) =>
    new Promise<{ code: number | null; output: string }>(resolve => {
      const options = ['-F', 'none', '-i', files.ada, '-p', String(port), '-o', 'StrictHostKeyChecking=no'];
      const more = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes'];
      const child = spawn('ssh', [...options, ...more, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      const collect = (chunk: Buffer) => {
        output += chunk;
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.on('close', code => resolve({ code, output }));
    });

  it.each([
    { reason: 'a shell', args: ['git@127.0.0.1'], says: 'and no shell' },
    { reason: 'any other command', args: ['git@127.0.0.1', 'id'], says: 'Only git can be used here' },
    {
      reason: 'a command behind git’s',
      args: ['git@127.0.0.1', "git-upload-pack '/acme/web.git'; id"],
      says: 'Only git',
    },
    { reason: 'an option', args: ['git@127.0.0.1', "git-upload-pack '--help'"], says: 'Only git' },
    {
      reason: 'a path',
      args: ['git@127.0.0.1', "git-upload-pack '/acme/../acme/web.git'"],
      says: 'Only git',
    },
    { reason: 'an archive', args: ['git@127.0.0.1', "git-upload-archive '/acme/web.git'"], says: 'Only git' },
    { reason: 'another user', args: ['root@127.0.0.1'], says: 'Permission denied' },
    { reason: 'SFTP', args: ['-s', 'git@127.0.0.1', 'sftp'], says: 'subsystem request failed' },
    { reason: 'a tunnel', args: ['-W', '127.0.0.1:22', 'git@127.0.0.1'], says: 'forwarding failed' },
  ])('refuses $reason', async ({ args, says }) => {
    const { code, output } = await ssh(...args);
    expect(code).not.toBe(0);
    expect(output).toContain(says);
  });

  it.each([
    ["git-upload-pack '/acme/web.git'", { service: 'git-upload-pack', organization: 'acme', name: 'web' }],
    ["git receive-pack 'acme/web'", { service: 'git-receive-pack', organization: 'acme', name: 'web' }],
    [
      "git-upload-pack '/acme/a.b-c.git/'",
      { service: 'git-upload-pack', organization: 'acme', name: 'a.b-c' },
    ],
    ["git-upload-pack '/acme/web.git' ", undefined],
    ['git-upload-pack /acme/web.git', undefined],
    ["git-upload-pack '/acme/web'\\''.git'", undefined],
    ["git-upload-pack '/a/b/c.git'", undefined],
    ["git-upload-pack '/acme/web.git'\nid", undefined],
    ['', undefined],
  ])('reads %j', (command, want) => expect(parseGitCommand(command)).toEqual(want));
});
