import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient } from '../harness/HttpClient';
import { machineTime } from '../sides/machineTime';

/** How often the catalog looks for what to process. */
const PERIOD_MS = 1000;
const POLL_MS = 10;
const WITHIN_MS = 30_000;

/** Milliseconds, at the mean, from a write until the catalog serves its entity; the writes are spread over the catalog's period. */
export async function lagOfCatalog(
  { port, count, prefix, namespace }: { port: number; count: number; prefix: string; namespace: string },
  write: (name: string) => Promise<void>,
): Promise<number> {
  const client = new HttpClient(port);
  const one = async (number: number) => {
    await sleep((number * PERIOD_MS) / count);
    const name = `${prefix}-${number}`;
    const start = machineTime();
    await write(name);
    await served(client, `/api/catalog/entities/by-name/component/${namespace}/${name}`);
    return machineTime() - start;
  };
  try {
    const lags = await Promise.all(Array.from({ length: count }, (_, number) => one(number)));
    return lags.reduce((sum, lag) => sum + lag, 0) / count;
  } finally {
    client.close();
  }
}

async function served(client: HttpClient, path: string): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const found = await client.get(path).then(
      () => true,
      () => false,
    );
    if (found) return;
    if (Date.now() > deadline) throw new Error(`The catalog never served ${path}`);
    await sleep(POLL_MS);
  }
}
