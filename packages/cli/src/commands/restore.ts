import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { extract } from 'tar';
import { CliError, EXIT } from '../CliError';
import { note, print } from '../output';

const run = promisify(execFile);

/** `krate restore <archive>`. */
export function registerRestore(parent: Command): void {
  parent
    .command('restore <archive>')
    .description('unpack a backup into an empty data directory; the next start loads it')
    .option('--data <directory>', 'the data directory', process.env.KRATE_DATA_DIR ?? '.krate')
    .action(async (archive: string, { data }: { data: string }) => {
      const directory = resolve(data);
      if (!existsSync(archive)) throw new CliError(`There is no ${archive}.`, EXIT.notFound);
      if (existsSync(directory) && readdirSync(directory).length > 0)
        throw new CliError(
          `${directory} is not empty: a backup is restored into a new data directory.`,
          EXIT.conflict,
        );
      try {
        const manifest = await unpack(archive, directory);
        const repositories = await checkRepositories(join(directory, 'git'));
        print(directory);
        note(
          `The backup of ${manifest.madeAt} with ${repositories} repositories. Start Krate with KRATE_DATA_DIR=${directory}: it loads the databases, SQLite or the empty PostgreSQL of KRATE_DATABASE_URL.`,
        );
      } catch (error) {
        // A half of it must not be taken for a data directory.
        await rm(directory, { recursive: true, force: true });
        throw error;
      }
    });
}

async function unpack(archive: string, directory: string): Promise<{ madeAt: string }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const noBackup = `${archive} is not a whole backup of Krate`;
  try {
    await extract({ file: archive, cwd: directory, strict: true });
  } catch (error) {
    throw new CliError(`${noBackup}: ${(error as Error).message}`);
  }
  const text = await readFile(join(directory, 'restore', 'manifest.json'), 'utf8').catch(() => '{}');
  const manifest = JSON.parse(text);
  if (manifest.kind !== 'KrateBackup') throw new CliError(`${noBackup}: it has no manifest.`);
  return manifest;
}

/** Every ref must find its commit and every commit its files. */
async function checkRepositories(root: string): Promise<number> {
  let count = 0;
  for (const namespace of existsSync(root) ? await readdir(root) : []) {
    for (const name of await readdir(join(root, namespace))) {
      const gitDir = join(root, namespace, name);
      await run(
        'git',
        ['--git-dir', gitDir, 'fsck', '--connectivity-only', '--no-dangling', '--no-progress'],
        {
          maxBuffer: 64 * 1024 * 1024,
        },
      ).catch(error => {
        throw new CliError(
          `The repository ${namespace}/${name} of the backup is broken: ${error.stderr ?? error.message}`,
        );
      });
      count += 1;
    }
  }
  return count;
}
