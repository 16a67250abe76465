import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { DocumentCollatorFactory, IndexableDocument } from '@backstage/plugin-search-common';

/** The pages of the documentation that the portal shows; they are for everybody who is signed in. */
export class GuideCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'krate-guide';

  /** @param directory - absolute; a directory that does not exist has no pages */
  constructor(private readonly directory: string) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<IndexableDocument> {
    const files = await readdir(this.directory, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const file of files.filter(name => name.endsWith('.md')).sort()) {
      const path = relative(this.directory, join(this.directory, file)).split(sep).join('/');
      const markdown = await readFile(join(this.directory, file), 'utf8');
      yield {
        title: /^#\s+(.+)$/m.exec(markdown)?.[1].trim() ?? path,
        text: textOf(markdown),
        location: `/documentation/${path.replace(/\.md$/, '')}`,
      };
    }
  }
}

/** The words of a page without its marks. */
function textOf(markdown: string): string {
  return markdown
    .replace(/^#\s+.+$/m, '')
    .replace(/^[\s|:-]+$/gm, ' ')
    .replace(/[`*_#>|]+/g, ' ')
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/[[\]!]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
