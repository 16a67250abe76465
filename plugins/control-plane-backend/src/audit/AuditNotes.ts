import { clearTimeout, setTimeout } from 'node:timers';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Note, ResourceStore } from '@krate/resource-store';
import { AuditChain } from './AuditChain';
import { NewRow } from './auditRows';

/** How long notes gather, so that a busy server writes many rows with one commit. */
const GATHER_MS = 1_000;
/** After a database that did not take them. */
const RETRY_MS = 2_000;
/** How many notes one transaction takes at most. */
const BATCH = 500;

/** The rows of one commit as a note holds them. */
export function noteOf(rows: readonly NewRow[]): string {
  return JSON.stringify(rows);
}

export function rowsOf({ text }: Note): NewRow[] {
  return JSON.parse(text) as NewRow[];
}

/**
 * Carries what the store kept with its writes into the audit trail. A write and its note are one commit, so no crash
 * comes between an act and its record; the row follows within moments, or when somebody reads the trail, or at the next
 * start. The store may be another database than the trail, so both may hold a note for a while; the chain remembers which
 * it took last.
 */
export class AuditNotes {
  private timer?: NodeJS.Timeout;
  private carrying?: Promise<void>;
  private pending = true;
  private stopped = false;

  constructor(
    private readonly options: {
      store: Pick<ResourceStore, 'notes' | 'dropNotes'>;
      chain: AuditChain;
      /** Receives each row once it is in the chain. Does not reject. */
      taken(row: NewRow): Promise<void>;
      logger: LoggerService;
    },
  ) {}

  /** There are notes: they are carried over soon. */
  noted(after = GATHER_MS): void {
    this.pending = true;
    if (this.stopped || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.carry().catch(error => {
        this.options.logger.error('The audit trail does not take what was noted; it is tried again', error);
        this.noted(RETRY_MS);
      });
    }, after);
    this.timer.unref();
  }

  /** Resolves when this process knows of no note that is not in the trail. */
  async settle(): Promise<void> {
    while (this.pending) await this.carry();
  }

  /** Carries over what is there, whoever noted it. */
  async carry(): Promise<void> {
    // One at a time; whoever asks meanwhile may have noted something that the running one no longer sees.
    while (this.carrying) await this.carrying;
    this.carrying = this.carryAll();
    try {
      await this.carrying;
    } finally {
      this.carrying = undefined;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.settle();
  }

  private async carryAll(): Promise<void> {
    const { store, chain, taken } = this.options;
    this.pending = false;
    try {
      while ((await store.notes(1)).length > 0) {
        const { rows, upTo } = await chain.takeNotes(() => store.notes(BATCH), rowsOf);
        await store.dropNotes(upTo);
        for (const row of rows) await taken(row);
      }
    } catch (error) {
      this.pending = true;
      throw error;
    }
  }
}
