import { LoggerService } from '@backstage/backend-plugin-api';

/** One part of the server that has to be ended. */
export interface Stoppable {
  name: string;
  stop(): Promise<void> | void;
}

/**
 * Ends the parts one after another. Each gets its share of the time and no part keeps the next one from ending: what a part
 * leaves unfinished is taken up again at the next start.
 */
export async function stopInOrder(
  parts: readonly Stoppable[],
  options: { limitMs: number; logger: LoggerService },
): Promise<void> {
  const deadline = Date.now() + options.limitMs;
  for (const [index, { name, stop }] of parts.entries()) {
    const share = Math.max(50, (deadline - Date.now()) / (parts.length - index));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), share);
    });
    try {
      const outcome = await Promise.race([Promise.resolve(stop()), late]);
      if (outcome === 'late') options.logger.warn(`${name} did not stop in time`);
    } catch (error) {
      options.logger.error(`${name} did not stop cleanly`, error as Error);
    } finally {
      clearTimeout(timer);
    }
  }
}
