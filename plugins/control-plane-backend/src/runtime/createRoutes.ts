import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ControlPlane, Installation } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import express, { Handler, Router } from 'express';
import { Actions } from '../actions/Actions';
import { createActionRequestRouter } from '../actions/createActionRequestRouter';
import { createAccessRequestRouter } from '../accessRequests/createAccessRequestRouter';
import { createApiRouter } from '../api';
import { createAuditRouter } from '../audit/createAuditRouter';
import { Backups } from '../backup/Backups';
import { createBackupRouter } from '../backup/createBackupRouter';
import { createDocumentationRouter } from '../documentation/createDocumentationRouter';
import { createFacade } from '../facade/createFacade';
import { createIdentityRouter } from '../identity/createIdentityRouter';
import { createSignInRouter } from '../identity/createSignInRouter';
import { createInvitationRouter } from '../invites/createInvitationRouter';
import { createLiveRouter } from '../live/createLiveRouter';
import { createMetricsRouter } from '../metrics/createMetricsRouter';
import { Metrics } from '../metrics/Metrics';
import { createStreamRouter } from '../streams/createStreamRouter';
import { ControlPlaneConfig } from '../config';
import { Controllers } from './Controllers';
import { Core } from './openCore';
import { StartedAreas } from './startAreas';

/** Everything the control plane answers to. */
export interface Routes {
  /** Below `/api/krate`. */
  router: Router;
  /** At absolute paths. */
  rootRoutes: { path: string; handler: Handler }[];
  /** At absolute paths of the portal only: on the TLS listener these are the Kubernetes API's own. */
  portalRoutes: { path: string; handler: Handler }[];
  /** What programs do for people. */
  actions: Actions;
  /** Ends watches, live connections and followed streams. */
  close(): void;
}

/** Mounts the control plane's own routes, then the areas', then the resource API, which answers every other path. */
export function createRoutes(options: {
  core: Core;
  areas: StartedAreas;
  installations: readonly Installation[];
  controlPlane: ControlPlane;
  controllers: Controllers;
  /** The names of the reconcilers of a kind. */
  controllersOf(kind: Kind): readonly string[];
  kubernetes(): { server: string; authority: string } | undefined;
  config: ControlPlaneConfig;
  notifications: Pick<NotificationService, 'send'>;
  backups: Backups;
  logger: LoggerService;
}): Routes {
  const { core, areas, controlPlane, config, logger } = options;
  const { authenticator, authorizer, service, kinds, tokens, streams, audit } = core;
  const { isPlatformAdministrator, organizationsOf } = controlPlane;
  const stopping = new AbortController();
  const readiness = { store: async () => void (await core.store.revision()) };
  const { authenticate } = controlPlane;
  const metrics = new Metrics({ manager: options.controllers, store: core.store });
  const api = createApiRouter({
    ...{ service, kinds, authorizer, authenticate, logger },
    answered: request => metrics.answered(request),
    controllersOf: options.controllersOf,
    readiness,
  });
  metrics.watching(() => api.watches());
  const facade = createFacade({
    ...{ service, kinds, authorizer, audit, readiness, logger, organizationsOf, isPlatformAdministrator },
    authenticate,
    clientFor: controlPlane.clientFor,
    revision: () => core.store.revision(),
    contributions: options.installations.flatMap(({ facade: own }) => own ?? []),
  });

  const actions = new Actions({
    ...{ offered: facade.actions, requests: core.actionRequests, audit },
    portalUrl: config.portalUrl,
  });

  const live = createLiveRouter({ service, kinds, authorizer, authenticator, tokens, streams, logger });

  const router = Router();
  router.use(under(['/live'], live.router));
  router.use(
    under(
      ['/login', '/whoami', '/tokens', '/kubeconfig'],
      createIdentityRouter({
        ...{ authenticator, tokens, audit, logger, organizationsOf, isPlatformAdministrator },
        kubernetes: options.kubernetes,
        lifetimes: config.tokens,
      }),
    ),
  );
  router.use(
    under(['/sign-in'], createSignInRouter({ providers: config.signInProviders, authenticator, logger })),
  );
  router.use(
    under(
      ['/access-requests'],
      createAccessRequestRouter({
        ...{ authenticator, authorizer, audit, logger, directory: core.directory },
        notifications: options.notifications,
      }),
    ),
  );
  router.use(under(['/action-requests'], createActionRequestRouter({ authenticator, actions, logger })));
  router.use(
    under(
      ['/invitations'],
      createInvitationRouter({
        ...{ authenticator, authorizer, tokens, audit, logger },
        ...{ links: core.invitations, client: core.client, directory: core.directory },
        ...{
          portalUrl: config.portalUrl,
          localSignIn: config.localSignIn,
          mails: config.mail !== undefined,
          reserved: [config.administrator],
        },
        now: () => new Date(),
      }),
    ),
  );
  router.use(
    under(
      ['/audit'],
      createAuditRouter({
        trail: audit,
        authenticator,
        authorizer,
        isPlatformAdministrator,
        logger,
      }),
    ),
  );
  router.use(
    under(
      ['/documentation'],
      createDocumentationRouter({ directory: config.docsDirectory, authenticator, logger }),
    ),
  );
  router.use(
    under(
      ['/streams'],
      createStreamRouter({ streams, service, kinds, authenticator, stopping: stopping.signal, logger }),
    ),
  );
  router.use(
    under(['/metrics'], createMetricsRouter({ metrics, authenticator, isPlatformAdministrator, logger })),
  );
  router.use(
    under(
      ['/backups'],
      createBackupRouter({
        ...{ authenticator, audit, isPlatformAdministrator, logger },
        backups: options.backups,
      }),
    ),
  );
  areas.routes
    .filter(({ path }) => !path.startsWith('/'))
    .forEach(({ path, handler }) => router.use(`/${path}`, handler));
  router.use(api.router);

  return {
    router,
    actions,
    rootRoutes: [
      ...areas.routes
        .filter(({ path }) => path.startsWith('/'))
        .map(({ path, handler }) => ({ path, handler: handler as Handler })),
      ...facade.mounts,
    ],
    portalRoutes: facade.health,
    close: () => {
      facade.close();
      api.closeWatches();
      live.close();
      stopping.abort();
    },
  };
}

/** Lets a router see only the paths that are its own, so that its error handler answers nobody else's. */
function under(paths: readonly string[], router: express.Router): Handler {
  const handler: Handler = (request, response, next) => {
    const own = paths.some(path => request.path === path || request.path.startsWith(`${path}/`));
    if (own) router(request, response, next);
    else next();
  };
  // Whoever lists the routes of a backend looks for the stack of each router, and finds them behind this door too.
  return Object.assign(handler, { stack: router.stack });
}
