import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { requestIds } from '@krate/plugin-control-plane-node';

/** Backstage's own router, behind the middleware that gives every request its id. */
export const rootHttpRouter = rootHttpRouterServiceFactory({
  configure({ app, applyDefaults }) {
    app.use(requestIds);
    applyDefaults();
  },
});
