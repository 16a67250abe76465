import { isBranchName, isFullRef, isRepositoryName, isTreePath, toBranchRef } from './names';

describe('names that come from outside', () => {
  it.each([
    ['refs/heads/main', true],
    ['refs/heads/feature/a-b', true],
    ['refs/tags/v1.0', true],
    ['main', false],
    ['refs/heads', false],
    ['refs/heads/', false],
    ['refs/heads/-x', false],
    ['refs/heads/a b', false],
    ['refs/heads/a\u0007', false],
    ['refs/heads/a\n', false],
    ['refs/heads/a..b', false],
    ['refs/heads/a//b', false],
    ['refs/heads/.a', false],
    ['refs/heads/a.lock', false],
    ['refs/heads/a.lock/b', false],
    ['refs/heads/a.', false],
    ['refs/heads/a@{1}', false],
    ['refs/heads/a:b', false],
    ['refs/heads/a\\b', false],
    [`refs/heads/${'x'.repeat(250)}`, false],
    ['../refs/heads/a', false],
  ])('ref %j: %s', (ref, want) => expect(isFullRef(ref)).toBe(want));

  it.each([
    ['README.md', true],
    ['a/b c/ü.txt', true],
    ['.gitignore', true],
    ['.github/x', true],
    ['', false],
    ['/etc/passwd', false],
    ['a//b', false],
    ['a/../b', false],
    ['./a', false],
    ['a/', false],
    ['.git/config', false],
    ['a/.GIT/hooks/x', false],
    ['.git ./config', false],
    ['.git::$INDEX_ALLOCATION/x', false],
    ['GIT~1/config', false],
    ['.g\u200cit/config', false],
    ['a\\..\\b', false],
    ['a\0b', false],
    ['a\nb', false],
  ])('path %j: %s', (path, want) => expect(isTreePath(path)).toBe(want));

  it.each([
    ['web', true],
    ['web.js', true],
    ['web.git', false],
    ['..', false],
    ['.web', false],
    ['a/b', false],
    ['-web', false],
    ['Web', false],
    ['', false],
  ])('repository %j: %s', (name, want) => expect(isRepositoryName(name)).toBe(want));

  it.each([
    ['main', 'refs/heads/main'],
    ['refs/heads/main', 'refs/heads/main'],
    ['refs/tags/v1', 'refs/heads/refs/tags/v1'],
    ['-rf', undefined],
    ['HEAD', undefined],
    ['a'.repeat(40), undefined],
  ])('branch %j is %j', (name, want) => {
    expect(toBranchRef(name)).toBe(want);
    expect(isBranchName('HEAD')).toBe(false);
  });
});
