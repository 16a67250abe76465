import { join } from 'node:path';
import { AuditorService, AuthService, HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ControlPlane, Installation } from '@krate/plugin-control-plane-node';
import type { Handler, Router } from 'express';
import { Knex } from 'knex';
import { AuditRetention } from '../audit/AuditRetention';
import { Backups } from '../backup/Backups';
import { ControlPlaneConfig } from '../config';
import { platformReconcilers } from '../reconcilers';
import { CertificateStore } from '../tls/CertificateStore';
import { serveTls, TlsServer } from '../tls/serveTls';
import { Controllers } from './Controllers';
import { bootstrap } from './bootstrap';
import { controlPlaneOf } from './controlPlaneOf';
import { Actions } from '../actions/Actions';
import { createRoutes } from './createRoutes';
import { openCore } from './openCore';
import { applyExamples } from './applyExamples';
import { printSignInLink } from './printSignInLink';
import { startAreas } from './startAreas';
import { stopInOrder } from './stopInOrder';
import { tlsHandler } from './tlsHandler';
import { WakeRelay } from './WakeRelay';

/** A container runtime waits longer before it kills, a person in front of a terminal does not. */
const STOP_LIMIT_MS = 2_000;

/** The running control plane, ready to be mounted. */
export interface RunningControlPlane {
  controlPlane: ControlPlane;
  /** Mounted at `/api/krate`. */
  router: Router;
  /** Mounted on the root. */
  rootRoutes: readonly { path: string; handler: Handler }[];
  actions: Actions;
  /** Starts what acts by itself: reconcilers, effects, garbage collection. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Puts the control plane together, from the bottom up: databases, resource API, areas, routes, TLS. Any failure fails the
 * start of the backend. Reconcilers begin once every plugin of the backend has started.
 */
export async function startControlPlane(options: {
  config: ControlPlaneConfig;
  knex: Knex;
  installations: readonly Installation[];
  logger: LoggerService;
  auditor: AuditorService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  notifications: Pick<NotificationService, 'send'>;
}): Promise<RunningControlPlane> {
  const { config, installations, knex, logger } = options;
  const core = await openCore(options);
  await bootstrap(core.client, config);

  // Parts that need each other: each is filled in below, before anything asks for it.
  const late: { relay?: WakeRelay; tls?: TlsServer } = {};
  const controlPlane = controlPlaneOf(core, {
    config,
    logger,
    wake: (kind, key) => late.relay?.wake(kind, key),
  });
  const areas = await startAreas(installations, controlPlane, logger);
  const reconcilers = [...platformReconcilers, ...installations.flatMap(({ reconcilers: own = [] }) => own)];
  const controllers = new Controllers({
    ...{ core, knex, areas, reconcilers, config, logger },
  });
  const relay = new WakeRelay({ knex, kinds: core.kinds, controllers, logger });

  late.relay = relay;
  const routes = createRoutes({
    core,
    areas,
    installations,
    controlPlane,
    config,
    notifications: options.notifications,
    controllers,
    backups: new Backups({
      ...{ store: core.store, knex, dataDirectory: config.dataDirectory },
      directories: installations.flatMap(({ dataDirectories: own = [] }) => own),
      settle: () => core.audit.settle(),
      now: () => new Date(),
    }),
    controllersOf: kind => reconcilers.filter(({ for: of }) => of === kind).map(({ name }) => name),
    kubernetes: () => late.tls && clusterOf(config, late.tls),
    logger,
  });
  const tls =
    config.listen &&
    (await serveTls({
      ...config.listen,
      certificates: new CertificateStore(join(config.dataDirectory, 'tls'), config.tlsNames),
      handler: tlsHandler(routes),
      logger,
    }));
  late.tls = tls;
  if (tls) logger.info(`The Kubernetes API listens on ${clusterOf(config, tls).server}`);

  const retention = new AuditRetention({ trail: core.audit, keepMs: config.auditRetentionMs, logger });

  return {
    controlPlane,
    router: routes.router,
    actions: routes.actions,
    rootRoutes: [...routes.rootRoutes, ...routes.portalRoutes],
    begin: async () => {
      retention.begin();
      await Promise.all([controllers.start(), relay.start(), core.tokens.sweep()]);
      if (config.printSignInLink) await printSignInLink(controlPlane, config);
      // Not awaited: readiness must not wait for an example.
      applyExamples(controlPlane, config, logger).catch(error =>
        logger.error('The example could not be applied', error),
      );
    },
    stop: () =>
      stopInOrder(
        [
          { name: 'Open connections', stop: () => routes.close() },
          { name: 'The TLS listener', stop: () => tls?.close() },
          { name: 'The controllers', stop: () => controllers.stop() },
          { name: 'The relay of wakes', stop: () => relay.stop() },
          { name: 'The areas', stop: () => areas.stop() },
          { name: 'The audit trail', stop: () => retention.stop() },
          { name: 'The directory of roles', stop: () => core.directory.stop() },
          { name: 'The store', stop: () => core.store.close() },
        ],
        { limitMs: STOP_LIMIT_MS, logger },
      ),
  };
}

/** What a kubeconfig says about this server. */
function clusterOf(config: ControlPlaneConfig, { port, authority }: TlsServer) {
  return { server: `https://${hostOf(config.listen?.host ?? '127.0.0.1')}:${port}`, authority };
}

/** An address that listens everywhere is reached on this machine as localhost. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
