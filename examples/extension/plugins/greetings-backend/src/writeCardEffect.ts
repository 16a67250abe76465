import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defineEffect } from '@krate/controller-runtime';

/** Writes the card of a greeting into a file. A file that is there is not written again. */
export function writeCardEffect(dataDirectory: string) {
  const fileOf = (id: string) => join(dataDirectory, 'greetings', `${encodeURIComponent(id)}.txt`);
  return defineEffect<{ text: string }, string>({
    name: 'write-card',
    async observe({ id }) {
      const text = await readFile(fileOf(id), 'utf8').catch(ifAbsent);
      return text === undefined ? { state: 'absent' } : { state: 'done', result: text };
    },
    async perform({ id }, { text }) {
      const file = fileOf(id);
      await mkdir(dirname(file), { recursive: true });
      // Renamed into place, so that a crash leaves either the whole card or none.
      await writeFile(`${file}.part`, text);
      await rename(`${file}.part`, file);
      return text;
    },
  });
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
