import { requestIds } from '@krate/plugin-control-plane-node';
import express from 'express';
import type { Routes } from './createRoutes';

/**
 * What the TLS listener answers: the areas' absolute paths, the same API as below `/api/krate` of the backend, and that API
 * at the root as well, where kubectl expects a Kubernetes server.
 */
export function tlsHandler({ router, rootRoutes }: Routes): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestIds);
  rootRoutes.forEach(({ path, handler }) => app.use(path, handler));
  app.use('/api/krate', router);
  app.use(router);
  return app;
}
