import { GitRunner, isSha } from '@krate/plugin-forge-node';

export interface Blob {
  sha: string;
  /** Of the whole file. */
  size: number;
  content: Buffer;
  /** `content` is the beginning only. */
  truncated: boolean;
  /** Not text: it has a NUL byte near its start, as git judges. */
  binary: boolean;
}

/** A file at a commit; undefined when there is none at that path. */
export async function readBlob(
  git: GitRunner,
  gitDir: string,
  commit: string,
  path: string,
  maxBytes: number,
): Promise<Blob | undefined> {
  const found = await git.run(['cat-file', '--batch-check'], { gitDir, input: `${commit}:${path}\n` });
  const [sha, type, size] = found.stdout.toString().trim().split(' ');
  if (!isSha(sha) || type !== 'blob') return undefined;
  const { stdout, truncated } = await git.run(['cat-file', 'blob', sha], {
    gitDir,
    maxBytes,
    truncate: true,
  });
  return {
    sha,
    size: Number(size),
    content: stdout,
    truncated,
    binary: stdout.subarray(0, 8000).includes(0),
  };
}
