import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Scaffold, ScaffoldError } from './Scaffold';

/**
 * Writes a scaffold, and takes away what it removes: all of it or, when a file stands in the way or an entry finds no place, nothing.
 *
 * @returns the paths it wrote, from the root
 * @throws ScaffoldError
 */
export async function applyScaffold(
  root: string,
  { files, edits, removes = [] }: Scaffold,
): Promise<string[]> {
  const inTheWay = files.filter(({ path }) => existsSync(join(root, path))).map(({ path }) => path);
  if (inTheWay.length > 0)
    throw new ScaffoldError(`${inTheWay.join(', ')} exists already; nothing was written`);

  const edited = edits.flatMap(({ path, edit }) => {
    if (!existsSync(join(root, path))) throw new ScaffoldError(`there is no ${path}; nothing was written`);
    const before = readFileSync(join(root, path), 'utf8');
    const content = edit(before);
    return content === before ? [] : [{ path, content }];
  });
  const formatted = await Promise.all(
    [...files, ...edited].map(async ({ path, content }) => ({
      path,
      content: await tidy(root, path, content),
    })),
  );
  formatted.forEach(({ path, content }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  });
  removes.forEach(path => rmSync(join(root, path), { recursive: true }));
  return formatted.map(({ path }) => path);
}

/** As `npm run check` wants it. Prose is laid out by hand. */
async function tidy(root: string, path: string, content: string): Promise<string> {
  if (path.endsWith('.md')) return content;
  const filepath = join(root, path);
  return format(content, { ...(await resolveConfig(join(root, 'package.json'))), filepath });
}
