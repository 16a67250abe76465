import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import { KindRegistry } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';
import { Admission } from '../admission/Admission';
import { AuditTrail } from '../audit/AuditTrail';
import { RevisionLog } from '../history/RevisionLog';
import { Authorizer } from '../identity/Authorizer';
import { StoredForm } from '../secrets/StoredForm';

/** What the resource service is made of. */
export interface ResourceServiceOptions {
  kinds: KindRegistry;
  store: ResourceStore;
  authorizer: Authorizer;
  admission: Admission;
  storedForm: StoredForm;
  audit: AuditTrail;
  /** Absent: no history of changes is kept. */
  revisions?: RevisionLog;
  logger: LoggerService;
  /** The clock of timestamps. */
  now?(): Date;
}

/** What every verb is given: the parts, and a client with the system's rights for admission rules. */
export interface ServiceContext extends ResourceServiceOptions {
  now(): Date;
  systemClient: ResourceClient;
}

/** The present time as metadata has it: RFC 3339 with whole seconds. */
export function timestamp(context: Pick<ServiceContext, 'now'>): string {
  return `${context.now().toISOString().slice(0, 19)}Z`;
}
