import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Objects in the making, locks, what crashes left behind, and an index of packs that git does without. */
const LEFT_OUT = /^(incoming-|tmp_|\.|multi-pack-index)|\.lock$/;

type Take = (from: string, to: string) => Promise<void>;

/**
 * Copies every repository below `from` while pushes go on, so that each ref of the copy finds its commit: git writes objects
 * before the refs that need them, hence refs are read first. Objects never change under their name, so they are linked where
 * the file system can.
 */
export async function copyRepositories(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const namespace of await directories(from)) {
    for (const name of await directories(join(from, namespace))) {
      if (name.endsWith('.git')) await copyRepository(join(from, namespace, name), join(to, namespace, name));
    }
  }
}

async function copyRepository(from: string, to: string): Promise<void> {
  await copyTree(from, to, copyFile, 'objects');
  // Packing moves objects between files: one that was seen and is gone is now part of another file. Look again.
  while (!(await copyTree(join(from, 'objects'), join(to, 'objects'), linkOrCopy)));
}

/** Answers whether everything that was seen could be taken. */
async function copyTree(from: string, to: string, take: Take, except?: string): Promise<boolean> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  let whole = true;
  for (const entry of await entriesOf(from)) {
    if (entry.name === except) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const taken = entry.isDirectory()
      ? await copyTree(source, target, take)
      : await take(source, target).then(() => true, goneIsFalse);
    whole &&= taken;
  }
  return whole;
}

/** What is packed last, since git writes a pack, or the packed refs, before it removes what went into it. */
async function entriesOf(directory: string) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const isPacked = (name: string) => Number(name.startsWith('pack'));
  return entries
    .filter(({ name }) => !LEFT_OUT.test(name))
    .sort((a, b) => isPacked(a.name) - isPacked(b.name));
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') throw error;
    await copyFile(from, to);
  }
}

async function directories(parent: string): Promise<string[]> {
  const entries = await entriesOf(parent);
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}

function goneIsFalse(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
