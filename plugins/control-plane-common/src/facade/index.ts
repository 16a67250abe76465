import { Route } from '@krate/resource-model';
import * as platform from './platformRoutes';
import * as resources from './resourceRoutes';

export * from './platformRoutes';
export * from './resourceRoutes';

/** The routes of the REST facade that every installation has. */
export const controlPlaneRoutes: readonly Route[] = [
  platform.getHealth,
  platform.getLiveness,
  platform.getReadiness,
  platform.getOpenApi,
  platform.getController,
  platform.listOrganizations,
  platform.createOrganization,
  platform.getOrganization,
  resources.listResources,
  resources.applyResource,
  resources.getResource,
  resources.deleteResource,
  resources.listRuntimeResources,
  resources.exportSnapshot,
  resources.importSnapshot,
  resources.streamEvents,
  resources.listAuditEvents,
];
