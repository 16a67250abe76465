import { KRATE_GROUP } from '@krate/resource-model';

/** What the authorizer is asked about the audit trail, with the verb `list`: `kubectl auth can-i list auditevents.krate.a5c.ai`. */
export const AUDIT_EVENTS = { group: KRATE_GROUP, resource: 'auditevents' } as const;
