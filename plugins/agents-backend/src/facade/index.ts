import { FacadeContribution } from '@krate/plugin-control-plane-node';
import { agentsModel } from './agentsModel';
import { approvalRoutes } from './approvalRoutes';
import { eventRoutes } from './eventRoutes';
import { reviewRoutes } from './reviewRoutes';
import { runRoutes } from './runRoutes';
import { secretRoutes } from './secretRoutes';
import { stackRoutes } from './stackRoutes';

/** What the agents bring to the REST facade. */
export const agentsFacade: FacadeContribution = {
  routes: [...stackRoutes, ...reviewRoutes, ...runRoutes, ...approvalRoutes, ...secretRoutes, ...eventRoutes],
  model: agentsModel,
};
