import { copyFile, constants, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectory } from '@krate/plugin-control-plane-node';
import SqliteDatabase from 'better-sqlite3';
import { RESTORE_FOLDER } from './layout';

/** What of the data directory is the control plane's own matter. */
const OWN: readonly DataDirectory[] = [
  { name: 'backups', leftOut: 'backups themselves' },
  { name: RESTORE_FOLDER, leftOut: 'what the backup before this one was restored from' },
  { name: 'techdocs', leftOut: 'made anew from the documentation' },
  { name: 'db', copy: copyDatabases },
];

/** The resource store's file, and those SQLite keeps beside it: their content is in the backup as text. */
const STORE = /^(resources\.sqlite|\.dump-)/;
/** Pages that one step of a copy takes: it holds the event loop for some milliseconds. */
const PAGES = 1000;

/** Copies the data directory without databases that are text already. Answers what was left out, and why. */
export async function copyDataDirectory(
  from: string,
  to: string,
  directories: readonly DataDirectory[],
): Promise<Record<string, string>> {
  const spokenFor = new Map([...OWN, ...directories].map(directory => [directory.name, directory]));
  const leftOut: Record<string, string> = {};
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const { name } = entry;
    if (STORE.test(name)) continue;
    const known = spokenFor.get(name);
    if (known && 'leftOut' in known) leftOut[name] = known.leftOut;
    else if (known) await known.copy(join(from, name), join(to, name));
    else if (entry.isDirectory()) await copyTree(join(from, name), join(to, name));
    else if (entry.isFile()) await copyFile(join(from, name), join(to, name), constants.COPYFILE_FICLONE);
  }
  return leftOut;
}

/** Sockets and links are of the moment; files that vanish meanwhile were not needed any more. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE).catch(unlessGone);
  }
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** The databases of Backstage's plugins: settings, notifications, tasks. The control plane's own is text already. */
async function copyDatabases(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of await readdir(from)) {
    if (!name.endsWith('.sqlite') || name === 'krate.sqlite') continue;
    const database = new SqliteDatabase(join(from, name), { readonly: true, timeout: 10_000 });
    try {
      await database.backup(join(to, name), { progress: () => PAGES });
    } finally {
      database.close();
    }
  }
}
