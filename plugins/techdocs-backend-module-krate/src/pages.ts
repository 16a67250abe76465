import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** A page of the documentation. */
export interface Page {
  /** Below the folder of documents: `guides/first-tour.md`. */
  source: string;
  /** Where it is served: `guides/first-tour`, `''` for the first page. */
  address: string;
  title: string;
  markdown: string;
}

/** Every page below a folder, by its path; a README is the page of its folder. */
export async function readPages(folder: string): Promise<Page[]> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter(name => name.endsWith('.md')).sort();
  return Promise.all(
    sources.map(async source => {
      const markdown = await readFile(join(folder, source), 'utf8');
      return { source, address: addressOf(source), title: titleOf(markdown, source), markdown };
    }),
  );
}

/** The address of the page that a document becomes. */
export function addressOf(source: string): string {
  const { dir, name } = posix.parse(source);
  return name === 'README' || name === 'index' ? dir : posix.join(dir, name);
}

/** The text of the first heading, as plain words. */
function titleOf(markdown: string, source: string): string {
  const heading = /^#\s+(.+)$/m.exec(markdown)?.[1];
  return heading?.replace(/[`*_]/g, '').trim() ?? posix.parse(source).name;
}
