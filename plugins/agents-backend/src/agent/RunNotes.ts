import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentRunProgress, AgentRunResult, TokenUsage } from './AgentRunTypes';

/** What the journal does not hold and a restarted backend must know. */
export interface Notes extends Pick<AgentRunProgress, 'startedAt' | 'isolation'> {
  workspacePath: string;
  /** Milliseconds since the epoch at which the agent's own time is over. */
  deadlineAt: number;
  /** Since when it waits for a person; that time does not count. */
  parkedSince?: number;
  /** Why Krate itself is ending it. */
  stop?: 'budget';
  usage?: TokenUsage;
}

/** Small files beside the journal, each replaced as a whole. */
export class RunNotes {
  constructor(private readonly runDirectory: string) {}

  read(): Promise<Notes | undefined> {
    return this.readJson<Notes>('notes.json');
  }

  write(notes: Notes): Promise<void> {
    return this.writeJson('notes.json', notes);
  }

  /** Written last of all: where it exists, nothing is left to be done. */
  readResult(): Promise<AgentRunResult | undefined> {
    return this.readJson<AgentRunResult>('result.json');
  }

  writeResult(result: AgentRunResult): Promise<void> {
    return this.writeJson('result.json', result);
  }

  private async readJson<T>(name: string): Promise<T | undefined> {
    try {
      return JSON.parse(await readFile(join(this.runDirectory, name), 'utf8')) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private async writeJson(name: string, value: unknown): Promise<void> {
    const file = join(this.runDirectory, name);
    const fresh = `${file}.${randomUUID()}`;
    await writeFile(fresh, JSON.stringify(value), { mode: 0o600, flush: true });
    await rename(fresh, file);
  }
}
