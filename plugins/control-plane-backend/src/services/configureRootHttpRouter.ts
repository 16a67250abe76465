import type { RootHttpRouterConfigureContext } from '@backstage/backend-defaults/rootHttpRouter';
import { requestIds } from '@krate/plugin-control-plane-node';
import type { Handler } from 'express';

/** What Backstage mounts for every plugin and Krate does not serve, at these paths of the whole backend. */
const CLOSED = ['/api/:plugin/.backstage/scheduler'];

const notServed: Handler = (_request, response) => {
  response.status(404).json({ error: { name: 'NotFoundError', message: 'Not served here' } });
};

/**
 * What comes before every plugin: each request gets its id, and the routes of the scheduler are closed, since they ask
 * nobody who they are beyond being signed in: whoever is could start and abort the portal's own tasks.
 */
export function configureRootHttpRouter({ app, applyDefaults }: RootHttpRouterConfigureContext): void {
  app.use(requestIds);
  app.use(CLOSED, notServed);
  applyDefaults();
}
