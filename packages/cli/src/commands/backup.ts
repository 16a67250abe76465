import { existsSync, statSync } from 'node:fs';
import { chmod, copyFile, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { note, print, printJson } from '../output';

interface Backup {
  /** On the machine of the server. */
  file: string;
  bytes: number;
  revision: number;
  madeAt: string;
  leftOut: Record<string, string>;
}

/** `krate backup [destination]`. */
export function registerBackup(parent: Command): void {
  parent
    .command('backup [destination]')
    .description('back up everything the server holds, while it works (platform administrators)')
    .addHelpText(
      'after',
      '\nThe archive holds every secret and the key to them. It is written on the machine of the server; on that machine a\ndestination (a new file, or a folder) says where it shall be.',
    )
    .action(async (destination: string | undefined, _options, command: Command) => {
      const { client, json } = contextOf(command);
      // Before the work: a name that is taken must not be found out at its end.
      const target = destination && targetOf(destination);
      const backup = await client.post<Backup>('backups', {});
      const file = target ? await move(backup.file, target) : backup.file;
      if (json) printJson({ ...backup, file });
      else print(file);
      note(
        `${Math.ceil(backup.bytes / 1024)} KiB, of ${backup.madeAt}. It holds every secret: keep it as safe as the server.`,
      );
    });
}

/** A folder receives the archive under its own name. */
function targetOf(destination: string): (file: string) => string {
  const path = resolve(destination);
  if (!existsSync(path)) return () => path;
  if (statSync(path).isDirectory()) return file => join(path, basename(file));
  throw new CliError(`${path} exists already; name a new file, or a folder.`, EXIT.conflict);
}

async function move(file: string, targetOfFile: (file: string) => string): Promise<string> {
  if (!existsSync(file))
    throw new CliError(
      `The backup is made, but not to be reached from here: it is ${file} on the machine of the server.`,
    );
  const target = targetOfFile(file);
  try {
    await rename(file, target);
  } catch (error) {
    // Another file system.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(file, target);
    await chmod(target, 0o600);
    await rm(file);
  }
  return target;
}
