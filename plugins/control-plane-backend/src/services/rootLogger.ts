import { createConfigSecretEnumerator } from '@backstage/backend-defaults/rootConfig';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { currentRequestId } from '@krate/plugin-control-plane-node';
import { format, transports } from 'winston';

const withRequestId = format(line => {
  const requestId = currentRequestId();
  return requestId ? { ...line, requestId } : line;
});

/** Backstage's own logger, whose lines also name the request on whose behalf they were written. */
export const rootLogger = createServiceFactory({
  service: coreServices.rootLogger,
  deps: { config: coreServices.rootConfig },
  async factory({ config }) {
    const settings = config.getOptionalConfig('backend.logger');
    const written = process.env.NODE_ENV === 'production' ? format.json() : WinstonLogger.colorFormat();
    const logger = WinstonLogger.create({
      meta: { service: 'krate', ...settings?.getOptional<object>('meta') },
      level: process.env.LOG_LEVEL ?? settings?.getOptionalString('level') ?? 'info',
      format: format.combine(withRequestId(), format.timestamp(), written),
      transports: [new transports.Console()],
    });
    const secretsOf = await createConfigSecretEnumerator({ logger });
    const follow = () => {
      logger.addRedactions(secretsOf(config));
      logger.setLevelOverrides(settings?.getOptional('overrides') ?? []);
    };
    follow();
    config.subscribe?.(follow);
    return logger;
  },
});
