import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AuditEntry, principalName } from '@krate/plugin-control-plane-node';
import { ResourceStore } from '@krate/resource-store';
import { Knex } from 'knex';
import { AnonymousDenials } from './AnonymousDenials';
import { AuditChain, Verification } from './AuditChain';
import { AuditNotes, noteOf } from './AuditNotes';
import { AuditEvent, AuditRow, eventOf, NewRow } from './auditRows';
import { AuditTrail } from './AuditTrail';

/** How many refusals of requests without credentials are recorded one by one in a minute. */
const ANONYMOUS_PER_MINUTE = 30;
const EXPORT_PAGE = 500;

/** Which events are asked for; all that is given must hold. */
export interface AuditQuery {
  /**
   * Name of an organization that exists: the events of this one, not those of an earlier one of the name. Absent: every
   * organization, and the platform's own.
   */
  organization?: string;
  /** Of an organization that may be gone. */
  organizationUid?: string;
  /** Part of the name of who did it. */
  who?: string;
  action?: string;
  outcome?: AuditEntry['outcome'];
  /** Of the object. */
  kind?: string;
  /** Part of the object's name. */
  object?: string;
  since?: Date;
  until?: Date;
  /** Only events with a smaller id: the next page's cursor. */
  before?: number;
  limit: number;
}

/** What the trail needs to know of an organization. */
export interface AuditedOrganization {
  uid: string;
  /** RFC 3339. */
  createdAt: string;
}

/**
 * The audit trail as a table that is only ever added to, each row tied to the one before; every entry also goes to the
 * Backstage auditor.
 */
export class DatabaseAuditTrail implements AuditTrail {
  private readonly chain: AuditChain;
  private readonly anonymous: AnonymousDenials;
  private readonly notes: AuditNotes;
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly options: {
      knex: Knex;
      auditor: AuditorService;
      logger: LoggerService;
      /** Keeps notes with its writes. */
      store: Pick<ResourceStore, 'notes' | 'dropNotes'>;
      /** The organization that has the name now. */
      organizationNamed(name: string): AuditedOrganization | undefined;
      now?(): number;
    },
  ) {
    this.chain = new AuditChain(options.knex);
    this.anonymous = new AnonymousDenials({
      perMinute: ANONYMOUS_PER_MINUTE,
      summarize: count => void this.recordSuppressed(count),
      now: options.now,
    });
    const { store, logger } = options;
    this.notes = new AuditNotes({ store, chain: this.chain, logger, taken: row => this.tellBackstage(row) });
    // What an earlier process noted and could not carry over.
    this.notes.noted();
  }

  async record(entry: AuditEntry): Promise<void> {
    if (isObservation(entry)) return;
    const isNobodys = entry.principal.type === 'anonymous' && entry.outcome === 'denied';
    if (isNobodys && !this.anonymous.admit()) return;
    await this.write(entry);
  }

  noteOf(entries: readonly AuditEntry[]): string | undefined {
    const rows = entries.filter(entry => !isObservation(entry)).map(entry => this.rowOf(entry));
    return rows.length === 0 ? undefined : noteOf(rows);
  }

  noted(): void {
    this.notes.noted();
  }

  /** Resolves when the trail has everything that was noted so far, by whichever process. */
  settle(): Promise<void> {
    return this.notes.carry();
  }

  /** Newest first. */
  async query(query: AuditQuery): Promise<{ items: AuditEvent[]; next?: number }> {
    await this.notes.carry();
    const rows = await this.matching(query)
      .orderBy('id', 'desc')
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit).map(eventOf);
    return { items, next: rows.length > query.limit ? items[items.length - 1].id : undefined };
  }

  /** All that match, newest first, read page by page. */
  async *export(query: Omit<AuditQuery, 'limit'>): AsyncGenerator<AuditEvent> {
    let before = query.before;
    do {
      const page = await this.query({ ...query, before, limit: EXPORT_PAGE });
      yield* page.items;
      before = page.next;
    } while (before !== undefined);
  }

  async verify(anchor?: { id: number; hash: string }): Promise<Verification> {
    await this.notes.carry();
    return this.chain.verify(anchor);
  }

  /** Forgets what is older, and records that it did. */
  async prune(before: Date): Promise<number> {
    const removed = await this.chain.prune(before, new Date(this.now()));
    if (removed === 0) return 0;
    await this.record({
      principal: { type: 'system', name: 'audit' },
      action: 'audit.prune',
      outcome: 'allowed',
      details: { removed, before: before.toISOString() },
    });
    return removed;
  }

  /** Writes what is still held back, and waits for what is being written: the databases may close after it. */
  async flush(): Promise<void> {
    this.anonymous.flush();
    await Promise.allSettled(this.writing);
    await this.notes.stop();
  }

  private async write(entry: AuditEntry): Promise<void> {
    const written = this.append(this.rowOf(entry));
    this.writing.add(written);
    try {
      await written;
    } finally {
      this.writing.delete(written);
    }
  }

  private async append(row: NewRow): Promise<void> {
    // In the order in which things happened.
    await this.notes.settle();
    await this.chain.append(row);
    await this.tellBackstage(row);
  }

  private rowOf(entry: AuditEntry): NewRow {
    const { organization } = entry;
    return {
      time: this.now(),
      principal: principalName(entry.principal),
      action: entry.action,
      resource: entry.resource ?? null,
      organization: organization ?? null,
      organization_uid: (organization && this.options.organizationNamed(organization)?.uid) || null,
      outcome: entry.outcome,
      details: entry.details ? JSON.stringify(entry.details) : null,
    };
  }

  private async recordSuppressed(count: number): Promise<void> {
    const principal = { type: 'anonymous' } as const;
    const details = { count, reason: 'further requests without credentials, refused within a minute' };
    try {
      await this.write({ principal, action: 'denials', outcome: 'denied', details });
    } catch (error) {
      this.options.logger.error(`The audit trail did not take ${count} refusals`, error as Error);
    }
  }

  private matching(query: AuditQuery) {
    const { organization, organizationUid, who, action, outcome, kind, object, since, until, before } = query;
    return this.options.knex<AuditRow>('krate_audit_event').modify(where => {
      if (organization !== undefined) this.ofOrganization(where, organization);
      if (organizationUid !== undefined) where.where('organization_uid', organizationUid);
      if (who) where.whereRaw(`lower(principal) like ? escape '!'`, [`%${escaped(who.toLowerCase())}%`]);
      if (action) where.where('action', action);
      if (outcome) where.where('outcome', outcome);
      if (kind) where.whereRaw(`resource like ? escape '!'`, [`${escaped(kind)}/%`]);
      if (object)
        where.whereRaw(`lower(resource) like ? escape '!'`, [`%/%/%${escaped(object.toLowerCase())}%`]);
      if (since) where.where('time', '>=', since.getTime());
      if (until) where.where('time', '<', until.getTime());
      if (before !== undefined) where.where('id', '<', before);
    });
  }

  /** Rows from before uids were recorded count from the organization's beginning on; an earlier one's do not. */
  private ofOrganization(where: Knex.QueryBuilder, name: string): void {
    const organization = this.options.organizationNamed(name);
    if (!organization) {
      where.whereRaw('1 = 0');
      return;
    }
    where.where(either =>
      either
        .where('organization_uid', organization.uid)
        .orWhere(nameless =>
          nameless
            .whereNull('organization_uid')
            .andWhere('organization', name)
            .andWhere('time', '>=', Date.parse(organization.createdAt)),
        ),
    );
  }

  /** The table is the record; a Backstage auditor that fails must not fail the act as well, so it is only logged. */
  private async tellBackstage({ action, principal, resource, outcome }: NewRow): Promise<void> {
    try {
      const event = await this.options.auditor.createEvent({
        eventId: action.replaceAll('.', '-'),
        severityLevel: outcome === 'allowed' ? 'low' : 'medium',
        meta: { principal, resource: resource ?? '', outcome },
      });
      if (outcome === 'allowed') await event.success();
      else await event.fail({ error: new Error(`${action} ${outcome}`) });
    } catch (error) {
      this.options.logger.error('The Backstage auditor did not take an event', error as Error);
    }
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
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

function escaped(text: string): string {
  return text.replace(/[!%_]/g, character => `!${character}`);
}
