import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AuditEntry, principalName } from '@krate/plugin-control-plane-node';
import { Knex } from 'knex';
import { AuditTrail } from './AuditTrail';

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

export interface AuditQuery {
  /** Absent: every organization, and the platform's own. */
  organization?: string;
  action?: string;
  /** Only events with a smaller id: the next page's cursor. */
  before?: number;
  limit: number;
}

interface AuditRow {
  id: number | string;
  time: number | string;
  principal: string;
  action: string;
  resource: string | null;
  organization: string | null;
  outcome: AuditEntry['outcome'];
  details: string | null;
}

/** The audit trail as a table that is only ever added to; every entry also goes to the Backstage auditor. */
export class DatabaseAuditTrail implements AuditTrail {
  constructor(
    private readonly options: {
      knex: Knex;
      auditor: AuditorService;
      logger: LoggerService;
    },
  ) {}

  async record(entry: AuditEntry): Promise<void> {
    if (isObservation(entry)) return;
    await this.options.knex<AuditRow>('krate_audit_event').insert({
      time: Date.now(),
      principal: principalName(entry.principal),
      action: entry.action,
      resource: entry.resource ?? null,
      organization: entry.organization ?? null,
      outcome: entry.outcome,
      details: entry.details ? JSON.stringify(entry.details) : null,
    });
    await this.tellBackstage(entry);
  }

  /** Newest first. */
  async query(query: AuditQuery): Promise<{ items: AuditEvent[]; next?: number }> {
    const rows = await this.options
      .knex<AuditRow>('krate_audit_event')
      .modify(where => {
        if (query.organization !== undefined) where.where('organization', query.organization);
        if (query.action !== undefined) where.where('action', query.action);
        if (query.before !== undefined) where.where('id', '<', query.before);
      })
      .orderBy('id', 'desc')
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit).map(eventOf);
    return { items, next: rows.length > query.limit ? items[items.length - 1].id : undefined };
  }

  /** The table is the record; a Backstage auditor that fails must not fail the act as well, so it is only logged. */
  private async tellBackstage(entry: AuditEntry): Promise<void> {
    try {
      const event = await this.options.auditor.createEvent({
        eventId: entry.action.replaceAll('.', '-'),
        severityLevel: entry.outcome === 'allowed' ? 'low' : 'medium',
        meta: {
          principal: principalName(entry.principal),
          resource: entry.resource ?? '',
          outcome: entry.outcome,
        },
      });
      if (entry.outcome === 'allowed') await event.success();
      else await event.fail({ error: new Error(`${entry.action} ${entry.outcome}`) });
    } catch (error) {
      this.options.logger.error('The Backstage auditor did not take an event', error as Error);
    }
  }
}

/**
 * What a controller notes down (a status, a Kubernetes event) follows from acts that are recorded already; keeping each of
 * these notes as well would bury the acts.
 */
function isObservation({ principal, outcome, resource, details }: AuditEntry): boolean {
  if (principal.type !== 'system' || outcome !== 'allowed') return false;
  return details?.subresource === 'status' || resource?.startsWith('Event/') === true;
}

function eventOf(row: AuditRow): AuditEvent {
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
