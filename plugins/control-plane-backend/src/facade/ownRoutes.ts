import { FacadeRoute } from '@krate/plugin-control-plane-node';
import { JsonObject } from '@krate/resource-model';
import { FacadeServices } from './FacadeServices';
import { auditRoutes } from './routes/auditRoutes';
import { controllerRoute } from './routes/controllerRoute';
import { eventRoutes } from './routes/eventRoutes';
import { organizationRoutes } from './routes/organizationRoutes';
import { platformRoutes } from './routes/platformRoutes';
import { resourceRoutes } from './routes/resourceRoutes';
import { snapshotRoutes } from './routes/snapshotRoutes';

/** The routes that every installation has. */
export function ownRoutes(services: FacadeServices, document: () => JsonObject): FacadeRoute[] {
  return [
    ...platformRoutes(services, document),
    controllerRoute(services),
    ...organizationRoutes(services),
    ...resourceRoutes(services),
    ...snapshotRoutes(services),
    ...eventRoutes(services),
    ...auditRoutes(services),
  ];
}
