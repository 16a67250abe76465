import { createHash } from 'node:crypto';
import { AuditEntry } from '@krate/plugin-control-plane-node';

/** A line of the audit trail as the table has it. */
export interface AuditRow {
  id: number | string;
  time: number | string;
  principal: string;
  action: string;
  resource: string | null;
  organization: string | null;
  organization_uid: string | null;
  outcome: AuditEntry['outcome'];
  details: string | null;
  /** Absent for rows from before there was a chain. */
  hash: string | null;
}

/** A row before it has its place in the chain. */
export type NewRow = Omit<AuditRow, 'id' | 'hash'>;

/** The one row that says where the chain begins and ends. */
export interface ChainRow {
  id: number;
  start_id: number | string;
  last_id: number | string;
  hash: string;
  pruned_id: number | string;
  pruned_hash: string;
  pruned_at: number | string | null;
  /** Which note was taken last; null for none. */
  noted: string | null;
}

/** One line of the audit trail as it is answered. */
export interface AuditEvent {
  /** Grows with time; the cursor of paging. */
  id: number;
  /** RFC 3339. */
  time: string;
  principal: string;
  action: string;
  outcome: AuditEntry['outcome'];
  organization?: string;
  resource?: string;
  details?: Record<string, unknown>;
}

export function eventOf(row: AuditRow): AuditEvent {
  return {
    id: Number(row.id),
    time: new Date(Number(row.time)).toISOString(),
    principal: row.principal,
    action: row.action,
    outcome: row.outcome,
    organization: row.organization ?? undefined,
    resource: row.resource ?? undefined,
    details: row.details ? JSON.parse(row.details) : undefined,
  };
}

/** The hash that ties a row to all before it. The fields are in a fixed order, so that it does not depend on a database. */
export function hashOf(previous: string, row: Omit<AuditRow, 'hash'>): string {
  const fields = [
    Number(row.id),
    Number(row.time),
    row.principal,
    row.action,
    row.resource,
    row.organization,
    row.organization_uid,
    row.outcome,
    row.details,
  ];
  return createHash('sha256')
    .update(`${previous}\n${JSON.stringify(fields)}`)
    .digest('hex');
}
