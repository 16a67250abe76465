import { checkLockfile, disagreements, namedHosts } from './checkLockfile';

describe('package-lock.json', () => {
  it('names no host and agrees with every package.json', () => {
    expect(checkLockfile()).toEqual([]);
  });

  it.each([
    { reason: 'an address', entry: { resolved: 'https://example.org/a.tgz' }, problems: 1 },
    { reason: 'a git address', entry: { resolved: 'git+ssh://git@example.org/a.git' }, problems: 1 },
    { reason: 'nothing, as .npmrc asks for', entry: {}, problems: 0 },
    { reason: 'a package of this repository', entry: { resolved: 'packages/cli', link: true }, problems: 0 },
  ])('may not bind a clone to one registry: $reason', ({ entry, problems }) => {
    expect(namedHosts({ 'node_modules/a': entry })).toHaveLength(problems);
  });

  it.each<{
    reason: string;
    lock: Record<string, string>;
    manifest?: Record<string, string>;
    problems: number;
  }>([
    {
      reason: 'the same, in another order',
      lock: { a: '1', b: '2' },
      manifest: { b: '2', a: '1' },
      problems: 0,
    },
    { reason: 'a new dependency', lock: { a: '1' }, manifest: { a: '1', b: '2' }, problems: 1 },
    { reason: 'a changed version', lock: { a: '1' }, manifest: { a: '2' }, problems: 1 },
    { reason: 'a dependency that is gone', lock: { a: '1' }, problems: 1 },
  ])('is what npm ci compares with: $reason', ({ lock, manifest, problems }) => {
    const found = disagreements('packages/x', { name: 'x', dependencies: manifest }, { dependencies: lock });
    expect(found).toHaveLength(problems);
  });

  it('knows every package', () => {
    expect(disagreements('packages/new', { name: 'new' }, undefined)).toEqual([
      'package-lock.json: knows no packages/new/package.json; run npm install',
    ]);
  });
});
