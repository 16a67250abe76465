import { spawn } from 'node:child_process';

/** Word that is in a few of the files. */
export const NEEDLE = 'quicksilver';

/** Fills the default branch of a bare repository with files of 4 KB in a hundred directories, by `git fast-import`. */
export async function seedRepository(gitDir: string, files: number): Promise<void> {
  const child = spawn('git', ['--git-dir', gitDir, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve, reject) =>
    child.on('close', code =>
      code === 0 ? resolve() : reject(new Error(`git fast-import ended with ${code}`)),
    ),
  );
  child.stdin.write(
    'commit refs/heads/main\ncommitter Bench <bench@localhost> 1700000000 +0000\ndata 4\nseed\n',
  );
  for (let index = 0; index < files; index += 1) {
    const text = textOf(index);
    child.stdin.write(
      `M 100644 inline d${index % 100}/f${index}.txt\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
  }
  child.stdin.end('done\n');
  await ended;
}

/** Lines that differ from file to file, so that packs cannot make one of all. */
function textOf(index: number): string {
  let state = index + 1;
  const lines: string[] = [];
  for (let line = 0; line < 64; line += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    lines.push(
      `${state.toString(36)} line ${line} of file ${index}: some words that are in many of the files`,
    );
  }
  if (index % 997 === 0) lines.push(NEEDLE);
  return lines.join('\n');
}
