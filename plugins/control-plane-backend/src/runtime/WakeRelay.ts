import { LoggerService } from '@backstage/backend-plugin-api';
import { Wake } from '@krate/controller-runtime';
import { KindRegistry } from '@krate/resource-model';
import { PostgresSignals } from '@krate/resource-store';
import { Knex } from 'knex';
import { z } from 'zod';
import { Controllers } from './Controllers';
import { isPostgres } from './openStore';

const messageSchema = z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() });

/**
 * Brings a wake to the process whose controllers act: a push or a webhook may reach any of several backends. Like every wake it
 * is a hint, safe to lose.
 */
export class WakeRelay {
  private readonly signals?: PostgresSignals;

  constructor(
    private readonly options: {
      knex: Knex;
      kinds: KindRegistry;
      controllers: Controllers;
      logger: LoggerService;
    },
  ) {
    const { knex } = options;
    if (isPostgres(knex))
      this.signals = new PostgresSignals(knex, 'krate_wake', message => this.heard(message));
  }

  async start(): Promise<void> {
    await this.signals?.start();
  }

  async stop(): Promise<void> {
    await this.signals?.stop();
  }

  wake: Wake = (kind, { namespace, name }) => {
    const { controllers, logger } = this.options;
    if (controllers.active || !this.signals) {
      controllers.wake(kind, { namespace, name });
      return;
    }
    this.signals.send(JSON.stringify({ kind: kind.kind, namespace, name })).catch(error => {
      logger.warn(`A wake for ${kind.kind} ${name} was lost: ${error.message}`);
    });
  };

  private heard(message: string): void {
    const { controllers, kinds } = this.options;
    if (!controllers.active) return;
    const { kind: kindName, ...key } = messageSchema.parse(JSON.parse(message));
    const kind = kinds.kind(kindName);
    // A backend of another release may know kinds that this one does not.
    if (kind) controllers.wake(kind, key);
  }
}
