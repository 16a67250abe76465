import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { AuditorService, AuthService, HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { LeaseToken, migrateEffects, migrateLeases, ResourceClient } from '@krate/controller-runtime';
import { platformKinds } from '@krate/plugin-control-plane-common';
import { Installation, Principal } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import { PortableStore } from '@krate/resource-store';
import { Knex } from 'knex';
import { ActionRequests } from '../actions/ActionRequests';
import { AdmissionChain } from '../admission/AdmissionChain';
import { DatabaseAuditTrail } from '../audit/DatabaseAuditTrail';
import { loadBackup } from '../backup/loadBackup';
import { ControlPlaneConfig } from '../config';
import { DatabaseRevisionLog } from '../history/DatabaseRevisionLog';
import { Authenticator } from '../identity/Authenticator';
import { DatabaseTokenService } from '../identity/DatabaseTokenService';
import { Directory } from '../identity/Directory';
import { RequestLimiter } from '../identity/RequestLimiter';
import { RoleAuthorizer } from '../identity/RoleAuthorizer';
import { InvitationLinks } from '../invites/InvitationLinks';
import { migrateDatabase } from '../migrateDatabase';
import { createResourceClient, ResourceService, rulesOf } from '../resources';
import { KeyRing } from '../secrets/KeyRing';
import { SecretForm } from '../secrets/SecretForm';
import { StoreSecretReader } from '../secrets/StoreSecretReader';
import { DatabaseStreamService } from '../streams/DatabaseStreamService';
import { boundWaits } from './boundWaits';
import { fencedStore } from './fencedStore';
import { isPostgres, openStore } from './openStore';

/** The parts every request stands on; nothing of it acts by itself. */
export interface Core {
  kinds: KindRegistry;
  store: PortableStore;
  directory: Directory;
  authorizer: RoleAuthorizer;
  authenticator: Authenticator;
  service: ResourceService;
  /** Acts as the system. */
  client: ResourceClient;
  clientFor(principal: Principal): ResourceClient;
  /** The same for a writer that acts under a lease: once that has passed on, every write is refused. */
  clientUnder(token: () => LeaseToken, principal: Principal): ResourceClient;
  tokens: DatabaseTokenService;
  invitations: InvitationLinks;
  actionRequests: ActionRequests;
  streams: DatabaseStreamService;
  audit: DatabaseAuditTrail;
  secrets: StoreSecretReader;
}

/** Opens the databases and puts the resource API together: kinds, store, authority, admission, service. */
export async function openCore(options: {
  config: ControlPlaneConfig;
  knex: Knex;
  installations: readonly Installation[];
  logger: LoggerService;
  auditor: AuditorService;
  auth: AuthService;
  httpAuth: HttpAuthService;
}): Promise<Core> {
  const { config, knex, installations, logger } = options;
  const kinds = new KindRegistry([
    ...platformKinds,
    ...installations.flatMap(({ kinds: own = [] }) => own),
  ]).resolve();
  kinds.all().forEach(rulesOf); // a kind whose rules cannot be is told of at the start, not by its first object
  const rules = installations.flatMap(({ authorization = [] }) => authorization);

  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  await migrateDatabase(knex);
  await migrateEffects(knex);
  if (isPostgres(knex)) await migrateLeases(knex);
  const secretForm = new SecretForm(await KeyRing.open(join(config.dataDirectory, 'keys', 'secrets.json')));
  const store = await openStore({ knex, dataDirectory: config.dataDirectory, logger });
  const restored = await loadBackup({
    ...{ store, knex, logger, dataDirectory: config.dataDirectory },
    now: new Date(),
  });
  // After the migrations and a restored backup, which take as long as they take.
  boundWaits(knex);

  const reads = rules.flatMap(rule => rule.reads ?? []);
  const directory = new Directory({ store, kinds, reads, logger });
  await directory.start();
  const authorizer = new RoleAuthorizer({
    directory,
    kinds,
    rules,
    organizationCreators: config.organizationCreators,
  });
  const admission = new AdmissionChain({
    rules: installations.flatMap(({ admission: own = [] }) => own),
    authorizer,
    directory,
    kinds,
  });
  const audit = new DatabaseAuditTrail({
    knex,
    auditor: options.auditor,
    store,
    logger,
    organizationNamed: name => {
      const metadata = directory.organization(name)?.metadata;
      return metadata && { uid: metadata.uid, createdAt: metadata.creationTimestamp };
    },
  });
  if (restored)
    await audit.record({
      principal: { type: 'system', name: 'control-plane' },
      action: 'restore',
      outcome: 'allowed',
      details: { backup: restored.madeAt, revision: restored.revision },
    });
  const serviceOptions = {
    kinds,
    store: fencedStore(store),
    authorizer,
    admission,
    storedForm: secretForm,
    audit,
    revisions: new DatabaseRevisionLog(knex),
    logger,
  };
  const service = new ResourceService(serviceOptions);
  const tokens = new DatabaseTokenService(knex, { sole: !isPostgres(knex) });
  const clientFor = (principal: Principal) => createResourceClient(service, principal);
  return {
    kinds,
    store,
    directory,
    authorizer,
    authenticator: new Authenticator({
      ...{ tokens, auth: options.auth, httpAuth: options.httpAuth },
      limiter: config.requestLimit && new RequestLimiter(config.requestLimit),
    }),
    service,
    client: clientFor({ type: 'system', name: 'control-plane' }),
    clientFor,
    clientUnder: (token, principal) =>
      createResourceClient(
        new ResourceService({ ...serviceOptions, store: fencedStore(store, token) }),
        principal,
      ),
    tokens,
    invitations: new InvitationLinks(knex),
    actionRequests: new ActionRequests(knex),
    streams: new DatabaseStreamService(knex),
    audit,
    secrets: new StoreSecretReader(store, secretForm),
  };
}
