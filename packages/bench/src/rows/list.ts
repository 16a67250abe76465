import { join } from 'node:path';
import { SqliteResourceStore } from '@krate/resource-store';
import { Bench, defineBenches, Place, Reach } from '../harness/Bench';
import { startChild } from '../harness/Child';
import { HttpClient } from '../harness/HttpClient';
import { timeOf } from '../harness/readings';
import { NAMESPACE, Sample } from '../sides/Sample';
import { seedStore } from '../sides/seedStore';
import { startKrate } from '../servers/startKrate';

const PATH = `/api/krate/apis/${Sample.apiVersion}/namespaces/${NAMESPACE}/${Sample.plural}`;
/** How many objects a selector finds. */
const MATCHING = 10;

/** One way to ask, and how often for a reading. */
interface Question {
  of: 'krate' | 'raw';
  path: string;
  times: number;
}

/** A Krate server with so many samples, ten of them in the group `some`. */
async function filledKrate(directory: string, count: number) {
  const store = await SqliteResourceStore.open({
    file: join(directory, 'resources.sqlite'),
    synchronous: 'NORMAL',
  });
  const every = count / MATCHING;
  await seedStore(store, count, number => ({
    group: number % every === 0 ? 'some' : `other-${number % 100}`,
  }));
  await store.close();
  return startKrate({ directory, durability: 'durable' });
}

async function open(place: Place, count: number, questions: { ours: Question; peer: Question }) {
  const krate = await filledKrate(place.directory, count);
  const raw = await startChild(require.resolve('../servers/rawList.child'));
  const { port } = await raw.call<{ port: number }>('start', {
    file: join(place.directory, 'raw'),
    count,
    matching: MATCHING,
  });
  const clients = {
    krate: new HttpClient(krate.port, { Authorization: `Bearer ${krate.token}` }),
    raw: new HttpClient(port),
  };
  const ask = async ({ of, path, times }: Question) => ({
    time: await timeOf(() => clients[of].get(path), times),
  });
  return {
    ours: () => ask(questions.ours),
    peer: () => ask(questions.peer),
    close: async () => {
      Object.values(clients).forEach(client => client.close());
      await Promise.all([krate.stop(), raw.stop()]);
    },
  };
}

function list(
  name: string,
  title: string,
  options: {
    count: number;
    ours: Question;
    peer: Question;
    reach: Reach;
    family?: string;
    extra?: boolean;
  },
): Bench {
  const { count, reach, family, extra, ...questions } = options;
  return {
    name,
    title,
    durability: 'none',
    size: count,
    family,
    extra,
    figures: [{ name: 'time', unit: 'ms', reach }],
    open: place => open(place, count, questions),
  };
}

function full(count: number, times: number): Bench {
  return list(
    `list-${count / 1000}k`,
    'a list of 1 KB objects over HTTP, against a raw SELECT of the texts',
    {
      count,
      ours: { of: 'krate', path: PATH, times },
      peer: { of: 'raw', path: '/all', times },
      reach: { at: 'most', ratio: 1.3 },
      family: 'list',
      extra: count !== 10_000,
    },
  );
}

function selector(count: number): Bench {
  return list(
    `list-selector-10-of-${count / 1000}k`,
    'ten objects by a label, against a raw SELECT by index',
    {
      count,
      ours: { of: 'krate', path: `${PATH}?labelSelector=group%3Dsome`, times: 20 },
      peer: { of: 'raw', path: '/some', times: 20 },
      // Next to nothing is selected: what remains is the request itself, with sign-in and rights on one side only.
      reach: { at: 'most', ratio: 3 },
      family: 'list-selector',
      extra: count !== 100_000,
    },
  );
}

export default defineBenches(
  full(1_000, 10),
  full(10_000, 2),
  full(100_000, 1),
  list('list-page-of-500', 'the first 500 of 10 000, against all of them, both from Krate', {
    count: 10_000,
    ours: { of: 'krate', path: `${PATH}?limit=500`, times: 10 },
    peer: { of: 'krate', path: PATH, times: 2 },
    reach: { at: 'most', ratio: 1 / 15 },
  }),
  selector(1_000),
  selector(10_000),
  selector(100_000),
);
