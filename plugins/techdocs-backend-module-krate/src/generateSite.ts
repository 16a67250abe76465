import { GeneratorRunOptions } from '@backstage/plugin-techdocs-node';
import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { readPages } from './pages';
import { renderPage } from './renderPage';
import { SourceLinks } from './sourceLinks';
import { STYLES, STYLESHEET } from './stylesheet';

const FOLDER = 'docs';
/** Copied beside the pages, since pages show them. */
const MEDIA = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);

/**
 * Turns the Markdown below `docs/` into the static site that TechDocs publishes and its reader shows.
 *
 * @throws Error when there are no documents
 */
export async function generateSite({
  inputDir,
  outputDir,
  etag,
  siteOptions,
  sources,
}: Pick<GeneratorRunOptions, 'inputDir' | 'outputDir' | 'etag' | 'siteOptions'> & {
  /** Where the documents, and the files they name, can be read and edited. */
  sources?: SourceLinks;
}): Promise<void> {
  const source = join(inputDir, FOLDER);
  const pages = await readPages(source);
  if (pages.length === 0) throw new Error(`There are no documents in ${source}`);

  for (const page of pages) {
    const folder = join(outputDir, page.address);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'index.html'), renderPage(page, { pages, folder: FOLDER, sources }));
  }
  await cp(source, outputDir, {
    recursive: true,
    filter: async path => (await stat(path)).isDirectory() || MEDIA.has(extname(path)),
  });
  await mkdir(join(outputDir, dirname(STYLESHEET)), { recursive: true });
  await writeFile(join(outputDir, STYLESHEET), STYLES);
  const index = pages.map(({ address, title, markdown }) => ({
    title,
    text: markdown,
    location: address === '' ? '' : `${address}/`,
  }));
  await mkdir(join(outputDir, 'search'), { recursive: true });
  await writeFile(join(outputDir, 'search/search_index.json'), JSON.stringify({ docs: index }));
  await writeFile(
    join(outputDir, 'techdocs_metadata.json'),
    JSON.stringify({
      site_name: siteOptions?.name ?? 'Documentation',
      site_description: '',
      etag,
      build_timestamp: Date.now(),
    }),
  );
}
