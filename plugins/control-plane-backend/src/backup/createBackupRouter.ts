import { LoggerService } from '@backstage/backend-plugin-api';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditTrail } from '../audit/AuditTrail';
import { Authenticator } from '../identity/Authenticator';
import { statusErrors } from '../runtime/statusErrors';
import { Backups } from './Backups';

/**
 * `POST /backups`, for platform administrators: makes a backup on the machine of the server and answers where it is. It holds
 * every secret and the key to them, so it never travels as an answer.
 */
export function createBackupRouter(options: {
  backups: Backups;
  authenticator: Authenticator;
  audit: AuditTrail;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  logger: LoggerService;
}): Router {
  const { backups, authenticator, audit } = options;
  const router = PromiseRouter();

  router.post('/backups', async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    if (!(await options.isPlatformAdministrator(principal))) {
      await audit.record({ principal, action: 'backup', outcome: 'denied' });
      throw new ApiError('Forbidden', 'Backups are for platform administrators: they hold everything');
    }
    const { file, bytes, manifest } = await backups.make();
    const { revision, madeAt } = manifest;
    await audit.record({ principal, action: 'backup', outcome: 'allowed', details: { file, revision } });
    response.status(201).json({ file, bytes, revision, madeAt, leftOut: manifest.leftOut });
  });

  router.use(statusErrors(options.logger));
  return router;
}
