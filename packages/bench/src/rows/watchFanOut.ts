import { join } from 'node:path';
import { Bench, defineBenches, Place } from '../harness/Bench';
import { Child, startChild } from '../harness/Child';
import { quantile } from '../harness/statistics';
import { NAMESPACE, Sample } from '../sides/Sample';
import { Watchers } from '../sides/Watchers';
import { startKrate } from '../servers/startKrate';

const PATH = `/api/krate/apis/${Sample.apiVersion}/namespaces/${NAMESPACE}/${Sample.plural}?watch=true`;
/** How long a busy machine may take to tell all of an event. */
const WITHIN_MS = 60_000;

/** How many watch, and how often something happens meanwhile. */
interface Pace {
  clients: number;
  events: number;
  everyMs: number;
}

/** From before the commit to the client's socket; one more client has stopped to read. */
async function open({ directory, effort }: Place, pace: Pace) {
  const krate = await startKrate({ directory, durability: 'relaxed' });
  const raw = await startChild(require.resolve('../servers/rawWatch.child'));
  const { port } = await raw.call<{ port: number }>('start', { file: join(directory, 'raw') });
  const request = (path: string, header = '') => `GET ${path} HTTP/1.1\r\nHost: bench\r\n${header}\r\n`;
  const authorized = request(PATH, `Authorization: Bearer ${krate.token}\r\n`);
  const ours = await Watchers.open(krate.port, authorized, pace.clients, 1);
  const peer = await Watchers.open(port, request('/'), pace.clients, 1);

  const count = Math.max(8, Math.round(pace.events * effort.scale));
  const told = new Map<Child, number>();
  const read = async (server: Child, watchers: Watchers) => {
    const total = (told.get(server) ?? 0) + count;
    told.set(server, total);
    const began = await server.call<number[]>('write', {
      count,
      everyMs: pace.everyMs,
      prefix: `e-${total}`,
    });
    const delays = await watchers.delays(began, total, WITHIN_MS);
    return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
  };
  return {
    ours: () => read(krate, ours),
    peer: () => read(raw, peer),
    close: async () => {
      ours.close();
      peer.close();
      await Promise.all([krate.stop(), raw.stop()]);
    },
  };
}

function watch(pace: Pace): Bench {
  return {
    name: `watch-${pace.clients}`,
    title: `an event on its way to ${pace.clients} clients, one more stalled, against EventEmitter and socket writes`,
    durability: 'relaxed',
    rounds: 11,
    size: pace.clients,
    family: 'watch',
    figures: (['p50', 'p99'] as const).map(name => ({
      name,
      unit: 'ms',
      reach: { at: 'most', ratio: 1.5 },
    })),
    open: place => open(place, pace),
  };
}

export default defineBenches(
  watch({ clients: 1, events: 120, everyMs: 2 }),
  watch({ clients: 100, events: 30, everyMs: 10 }),
  watch({ clients: 1000, events: 16, everyMs: 50 }),
);
