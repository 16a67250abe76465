import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError } from '@krate/resource-model';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Authenticator } from '../identity/Authenticator';
import { statusErrors } from '../runtime/statusErrors';
import { Actions } from './Actions';

const wanted = z.strictObject({ action: z.string().max(100), input: z.record(z.string(), z.unknown()) });
const answer = z.strictObject({ decision: z.enum(['approve', 'deny']) });

/**
 * Actions that wait for a person. A program asks with whatever token it has; the answer counts from the portal alone, since
 * a program that could answer itself would not have to ask.
 */
export function createActionRequestRouter(options: {
  authenticator: Authenticator;
  actions: Actions;
  logger: LoggerService;
}): Router {
  const { authenticator, actions, logger } = options;
  const router = PromiseRouter();
  const json = express.json({ limit: '256kb' });

  router.post('/action-requests', json, async (request, response) => {
    const { principal } = await person(request);
    const { action, input } = parsed(wanted, request.body);
    response.status(202).json(await actions.ask(action, input, { principal, logger }));
  });

  router.get('/action-requests/:id', async (request, response) => {
    const { principal } = await person(request);
    response.json(await actions.request(request.params.id, { principal, logger }));
  });

  router.post('/action-requests/:id/decision', json, async (request, response) => {
    const { principal, token } = await person(request);
    const { id } = request.params;
    await actions.request(id, { principal, logger });
    if (token) {
      const message =
        'Only the portal takes this answer: an access token may be in the hands of the one who asks';
      throw new ApiError('Forbidden', message);
    }
    const { decision } = parsed(answer, request.body);
    const result = await actions.decide(id, decision, { principal, logger });
    response.json({ decision, ...(result !== undefined && { result }) });
  });

  async function person(request: Request) {
    const authenticated = await authenticator.authenticate(request);
    if (authenticated.principal.type !== 'user') throw new ApiError('Unauthorized', 'Sign in first');
    return authenticated;
  }

  router.use(statusErrors(logger));
  return router;
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ApiError('BadRequest', z.prettifyError(result.error));
}
