import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import { FacadeContribution, Membership, Principal } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import type { Request } from 'express';
import { ReadinessCheck } from '../api/ApiContext';
import { DatabaseAuditTrail } from '../audit/DatabaseAuditTrail';
import { Authorizer } from '../identity/Authorizer';
import { ResourceService } from '../resources';

/** What the REST facade stands on. It has no store of its own and no rights. */
export interface FacadeServices {
  service: ResourceService;
  kinds: KindRegistry;
  authorizer: Authorizer;
  authenticate(request: Request): Promise<Principal>;
  clientFor(principal: Principal): ResourceClient;
  organizationsOf(principal: Principal): Promise<Membership[]>;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  /** The newest revision of the store. */
  revision(): Promise<number>;
  audit: Pick<DatabaseAuditTrail, 'query'>;
  readiness: Readonly<Record<string, ReadinessCheck>>;
  contributions: readonly FacadeContribution[];
  logger: LoggerService;
  /** How often an event stream gives a sign of life and is asked whether its caller may still read. Default 30 s. */
  heartbeatMs?: number;
}
