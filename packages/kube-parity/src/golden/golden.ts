import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transcript } from '../story/Transcript';

const FOLDER = join(dirname(require.resolve('../../package.json')), 'src/golden');
const fileOf = (chapter: string) => join(FOLDER, `${chapter}.json`);

/** What the real server answered when a chapter was last recorded. */
export function readGolden(chapter: string): Transcript {
  return existsSync(fileOf(chapter)) ? JSON.parse(readFileSync(fileOf(chapter), 'utf8')) : [];
}

/** Records what the real server answers. */
export function writeGolden(chapter: string, transcript: Transcript): void {
  writeFileSync(fileOf(chapter), `${JSON.stringify(transcript, null, 1)}\n`);
}
