import { join } from 'node:path';

/** Where the parts of a backup are: the archive is a data directory, with the databases as text in one folder of it. */
export const RESTORE_FOLDER = 'restore';

/** Paths of what the first start reads into its databases. */
export function restoreLayout(dataDirectory: string) {
  const folder = join(dataDirectory, RESTORE_FOLDER);
  return {
    folder,
    manifest: join(folder, 'manifest.json'),
    resources: join(folder, 'resources.ndjson'),
    table: (name: string) => join(folder, 'tables', `${name}.ndjson`),
    /** What the first attempt to load decided, so that the next one does the same. */
    plan: join(folder, 'plan.json'),
  };
}
