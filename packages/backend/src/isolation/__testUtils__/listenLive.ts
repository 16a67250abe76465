import { Caller, Stage } from './Stage';

/** A live connection of somebody's that hears what it is told until it is closed. */
export interface Listening {
  heard(): string;
  close(): void;
}

/** Opens a live connection and subscribes to everything given, each under its number. */
export async function listenLive(
  { backend: { url } }: Stage,
  { krate }: Caller,
  subscriptions: readonly object[],
): Promise<Listening> {
  const headers = { authorization: `Bearer ${krate}`, 'content-type': 'application/json' };
  const gone = new AbortController();
  const response = await fetch(`${url}/api/krate/live`, { headers, signal: gone.signal });
  let heard = '';
  const reading = (async () => {
    for await (const chunk of response.body!) heard += Buffer.from(chunk).toString('utf8');
  })();
  reading.catch(() => undefined);
  while (!heard.includes('\n')) await new Promise(resolve => setTimeout(resolve, 10));
  const { id } = JSON.parse(heard.split('\n')[0]);
  const subscribe = subscriptions.map((subscription, index) => ({ id: `${index}`, ...subscription }));
  const answer = await fetch(`${url}/api/krate/live/${id}`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ subscribe }) },
  });
  if (answer.status !== 204) throw new Error(`Not subscribed: ${answer.status} ${await answer.text()}`);
  return { heard: () => heard, close: () => gone.abort() };
}
