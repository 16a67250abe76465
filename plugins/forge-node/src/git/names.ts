import { NAME_PATTERN } from '@krate/resource-model';
import { GitError } from './GitError';

const OBJECT_NAME = new RegExp(NAME_PATTERN);
const SHA = /^[0-9a-f]{40}$/;
/** What `git check-ref-format` refuses inside a ref: control characters, space, `~^:?*[\`, `..`, `@{`, `//`. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN_IN_REF = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\//;

/** Longest full ref name accepted from anybody. */
export const MAX_REF_LENGTH = 250;
/** The object name git uses for "no object". */
export const ZERO_SHA = '0'.repeat(40);

export function isSha(value: string | undefined): boolean {
  return value !== undefined && SHA.test(value);
}

/** A name that can be a directory below the data directory: an API name, short, and never one of git's own suffixes. */
export function isRepositoryName(name: string): boolean {
  return name.length <= 100 && OBJECT_NAME.test(name) && !/\.(git|lock)$/.test(name);
}

/** Whether git and Krate both accept `ref` as a full ref name (`refs/<namespace>/<name>`). */
export function isFullRef(ref: string): boolean {
  if (ref.length > MAX_REF_LENGTH || FORBIDDEN_IN_REF.test(ref)) return false;
  const parts = ref.split('/');
  if (parts.length < 3 || parts[0] !== 'refs') return false;
  if (ref.endsWith('.')) return false;
  return (
    parts.every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock')) &&
    !parts[2].startsWith('-')
  );
}

/** Whether `name` is a branch name without `refs/heads/`. `HEAD` and object ids are refused: they would be ambiguous. */
export function isBranchName(name: string): boolean {
  return isFullRef(`refs/heads/${name}`) && name !== 'HEAD' && name !== '@' && !SHA.test(name);
}

/** `main` and `refs/heads/main` are the same branch; anything else that is no branch gives undefined. */
export function toBranchRef(name: string): string | undefined {
  const short = name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : name;
  return isBranchName(short) ? `refs/heads/${short}` : undefined;
}

/** Whether `path` names an entry of a tree: relative, forward slashes, no `.`, `..`, `.git` (in any spelling git refuses), no control characters. */
export function isTreePath(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (path.length === 0 || path.length > 4096 || /[\x00-\x1f\x7f\\]/.test(path)) return false;
  return path.split('/').every(isTreeEntryName);
}

function isTreeEntryName(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255) return false;
  // What HFS+ and NTFS take for `.git`: ignorable code points, trailing dots and spaces, streams, short names.
  const folded = part
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
  return folded !== '.git' && !/^git~\d+$/.test(folded);
}

/** Throws unless both can be directory names. */
export function assertRepositoryKey(namespace: string, repository: string): void {
  if (!OBJECT_NAME.test(namespace) || namespace.length > 63 || !isRepositoryName(repository)) {
    throw new GitError('invalid-name', 'This cannot be the name of a repository');
  }
}

/** Throws unless `sha` is a full SHA-1 in lower case. */
export function assertSha(sha: string): void {
  if (!SHA.test(sha)) throw new GitError('invalid-name', 'An object is named by its 40 hexadecimal digits');
}
