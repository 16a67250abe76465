import { DiffPart } from './lineDiff';

export interface PatchFile {
  path: string;
  /** Its name before, when the change renames it. */
  from?: string;
  change: 'added' | 'deleted' | 'renamed' | 'changed';
  binary: boolean;
  additions: number;
  deletions: number;
  parts: DiffPart[];
}

const KINDS: Record<string, 'added' | 'removed'> = { '+': 'added', '-': 'removed' };
const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads what `git diff` and `git format-patch` write. Commit messages between the files are left out. */
export function parsePatch(text: string): PatchFile[] {
  const files: PatchFile[] = [];
  let file: PatchFile | undefined;
  let before = 0;
  let after = 0;
  let left = { old: 0, new: 0 };

  for (const line of text.split('\n')) {
    if (file && (left.old > 0 || left.new > 0)) {
      const kind = KINDS[line[0]] ?? 'same';
      if (line[0] === '\\') continue;
      if (kind !== 'added') left.old--;
      if (kind !== 'removed') left.new--;
      if (kind === 'added') file.additions++;
      if (kind === 'removed') file.deletions++;
      file.parts.push({
        kind,
        text: line.slice(1),
        old: kind === 'added' ? undefined : before++,
        new: kind === 'removed' ? undefined : after++,
      });
      continue;
    }
    if (line.startsWith('diff --git ')) {
      file = { path: pathOf(line), change: 'changed', binary: false, additions: 0, deletions: 0, parts: [] };
      files.push(file);
      continue;
    }
    if (!file) continue;
    const hunk = HUNK.exec(line);
    if (hunk) {
      const skipped = Number(hunk[1]) - (before || 1);
      if (skipped > 0) file.parts.push({ kind: 'gap', lines: skipped });
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      left = sizeOf(line);
    } else if (line.startsWith('--- ') || line.startsWith('+++ ') || line.startsWith('index ')) {
      before = 0;
    } else header(file, line);
  }
  return files;
}

function header(file: PatchFile, line: string) {
  if (line.startsWith('new file')) file.change = 'added';
  else if (line.startsWith('deleted file')) file.change = 'deleted';
  else if (line.startsWith('rename from ')) {
    file.change = 'renamed';
    file.from = line.slice('rename from '.length);
  } else if (line.startsWith('Binary files') || line === 'GIT binary patch') file.binary = true;
}

/** How many lines a hunk has on each side; a side that is not told has one. */
function sizeOf(line: string) {
  const sizes = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line)!;
  return { old: Number(sizes[1] ?? 1), new: Number(sizes[2] ?? 1) };
}

/** `diff --git a/x b/x`: both halves are the same path unless it was renamed. */
function pathOf(line: string): string {
  const quoted = /"b\/((?:[^"\\]|\\.)*)"$/.exec(line);
  if (quoted) return quoted[1];
  const names = line.slice('diff --git '.length);
  const half = names.slice(names.length / 2 + 0.5);
  if (names === `a/${half.slice(2)} ${half}`) return half.slice(2);
  return names.slice(names.lastIndexOf(' b/') + 3);
}
