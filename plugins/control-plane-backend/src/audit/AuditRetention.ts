import { LoggerService } from '@backstage/backend-plugin-api';
import { DatabaseAuditTrail } from './DatabaseAuditTrail';

const PERIOD_MS = 6 * 60 * 60 * 1000;

/** Removes what is older than is kept, now and several times a day. Without a limit everything stays. */
export class AuditRetention {
  private timer?: ReturnType<typeof setInterval>;
  private pruning: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: { trail: DatabaseAuditTrail; keepMs?: number; logger: LoggerService },
  ) {}

  begin(): void {
    if (this.options.keepMs === undefined) return;
    const round = () => {
      this.pruning = this.pruning.then(() => this.prune());
    };
    round();
    this.timer = setInterval(round, PERIOD_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.pruning;
    await this.options.trail.flush();
  }

  private async prune(): Promise<void> {
    const { trail, keepMs, logger } = this.options;
    try {
      const removed = await trail.prune(new Date(Date.now() - keepMs!));
      if (removed > 0) logger.info(`${removed} events of the audit trail were older than is kept`);
    } catch (error) {
      logger.error('Old events of the audit trail could not be removed', error as Error);
    }
  }
}
