import { AuditEntry } from '@krate/plugin-control-plane-node';

/**
 * The append-only record of every mutation and every denial (but not of the status and events that controllers note down). Whoever performs or refuses an act records it, once; a
 * write of the resource API is recorded by the life of the write as `<verb>` on `Kind/namespace/name`. An entry never
 * holds an object's content.
 */
export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>;

  /** The entries as a note that the store keeps with the write itself; undefined when nothing of them is recorded. */
  noteOf(entries: readonly AuditEntry[]): string | undefined;

  /** Tells that writes with notes were committed. Their rows follow soon, and before any other. */
  noted(): void;
}
