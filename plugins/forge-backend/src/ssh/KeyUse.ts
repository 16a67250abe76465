import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitRepositories } from '@krate/plugin-forge-node';

/** How exactly the last use is known; a file is not touched more often. */
const EXACT_TO_MS = 60_000;

/** When each key was last used: the modification time of a file of its uid. */
export class KeyUse {
  private readonly noted = new Map<string, number>();

  constructor(private readonly repositories: GitRepositories) {}

  /** Notes that a key opened a repository. True: it had not for a while. */
  async note(uid: string, now = Date.now()): Promise<boolean> {
    if (now - (this.noted.get(uid) ?? 0) < EXACT_TO_MS) return false;
    this.noted.set(uid, now);
    const file = this.file(uid);
    const time = new Date(now);
    await utimes(file, time, time).catch(async () => {
      await mkdir(this.directory(), { recursive: true, mode: 0o700 });
      await writeFile(file, '');
      await utimes(file, time, time);
    });
    return true;
  }

  async lastUsed(uid: string): Promise<Date | undefined> {
    return stat(this.file(uid)).then(
      ({ mtimeMs }) => new Date(Math.floor(mtimeMs / 1000) * 1000),
      () => undefined,
    );
  }

  private file(uid: string): string {
    return join(this.directory(), uid.replace(/[^A-Za-z0-9-]/g, '_'));
  }

  private directory(): string {
    return join(this.repositories.root, '.keys', 'used');
  }
}
