import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { configureRootHttpRouter } from './configureRootHttpRouter';

/** Backstage's own router, behind what Krate puts before every plugin. */
export const rootHttpRouter = rootHttpRouterServiceFactory({ configure: configureRootHttpRouter });
