import { LoggerService } from '@backstage/backend-plugin-api';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { statusErrors } from '../runtime/statusErrors';
import { Metrics } from './Metrics';

/** `GET /metrics`, for platform administrators: numbers tell of every organization. */
export function createMetricsRouter(options: {
  metrics: Metrics;
  authenticator: Authenticator;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();
  router.get('/metrics', async (request, response) => {
    const { principal } = await options.authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    if (!(await options.isPlatformAdministrator(principal))) {
      throw new ApiError('Forbidden', 'Metrics are for platform administrators');
    }
    const { contentType, text } = await options.metrics.exposition();
    response.set('Content-Type', contentType).end(text);
  });
  router.use(statusErrors(options.logger));
  return router;
}
