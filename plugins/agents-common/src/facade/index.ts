import { Route } from '@krate/resource-model';
import * as reviews from './reviewRoutes';
import * as runs from './runRoutes';
import * as secrets from './secretRoutes';
import * as stacks from './stackRoutes';

export * from './reviewRoutes';
export * from './runRoutes';
export * from './secretRoutes';
export * from './stackRoutes';

/** The agents' routes of the REST facade. */
export const agentRoutes: readonly Route[] = [
  reviews.reviewPermissions,
  stacks.listAgentStacks,
  stacks.createAgentStack,
  runs.dispatchAgent,
  runs.listAgentRuns,
  runs.getAgentRun,
  runs.cancelAgentRun,
  runs.retryAgentRun,
  runs.listAgentApprovals,
  runs.decideAgentApproval,
  runs.streamAgentEvents,
  secrets.listSecrets,
  secrets.createSecret,
  secrets.deleteSecret,
  secrets.listSecretGrants,
  secrets.createSecretGrant,
];
