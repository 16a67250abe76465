import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';

const RETRY_MS = 1_000;

/** Calls `changed` for every object of the kinds that is new, gone, or has another spec than before. Ends on `signal`. */
export async function followKinds(
  { client }: Pick<ControlPlane, 'client'>,
  kinds: readonly Kind[],
  options: { changed(): void; signal: AbortSignal; logger: LoggerService },
): Promise<void> {
  await Promise.all(kinds.map(kind => followKind(client, kind, options)));
}

async function followKind(
  client: ControlPlane['client'],
  kind: Kind,
  { changed, signal, logger }: { changed(): void; signal: AbortSignal; logger: LoggerService },
): Promise<void> {
  const generations = new Map<string, number>();
  while (!signal.aborted) {
    try {
      for await (const { type, object } of client.watch(kind, { signal })) {
        const { uid, generation } = object.metadata;
        if (type === 'BOOKMARK') continue;
        if (type !== 'DELETED' && generations.get(uid) === generation) continue;
        if (type === 'DELETED') generations.delete(uid);
        else generations.set(uid, generation);
        changed();
      }
    } catch (error) {
      if (!signal.aborted) logger.warn(`Following ${kind.plural} for the search broke off`, error as Error);
      changed();
    }
    // Aborted: the loop ends.
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}
