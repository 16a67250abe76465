import { SqliteResourceStore } from '@krate/resource-store';
import { Change, History } from '../history/History';
import { StoreSubject } from '../workload/StoreSubject';
import { Subject } from '../workload/Subject';
import { Workload } from '../workload/Workload';
import { checkHistory, RuleName } from './checkHistory';

jest.setTimeout(60_000);

/** A real store under a workload; what the clients hear of it may be falsified on the way. */
async function tell(lie: (truth: Subject) => Subject, seed = 1): Promise<History> {
  const store = await SqliteResourceStore.open({ file: ':memory:' });
  const truth = new StoreSubject(store);
  const workload = new Workload({ subjects: [lie(truth)], seed });
  await workload.acknowledged(300);
  const history = await workload.finish();
  await store.close();
  return history;
}

/** The same subject with some of its methods replaced. */
function but(truth: Subject, changes: Partial<Subject>): Subject {
  return {
    create: (...asked) => truth.create(...asked),
    update: (...asked) => truth.update(...asked),
    remove: (...asked) => truth.remove(...asked),
    get: key => truth.get(key),
    list: () => truth.list(),
    watch: (...asked) => truth.watch(...asked),
    ...changes,
  };
}

/** Changes what watchers hear; each has its own state. */
function heard(truth: Subject, falsify: () => (change: Change, index: number) => Change[]): Subject {
  return but(truth, {
    async *watch(from, signal) {
      const of = falsify();
      let index = 0;
      for await (const change of truth.watch(from, signal)) {
        // What ends the story is told as it is, so that the story ends.
        yield* change.key.startsWith('last') ? [change] : of(change, index);
        index += 1;
      }
    },
  });
}

describe('checkHistory', () => {
  it.each([1, 2, 3])('finds nothing wrong with a store that keeps its word, seed %i', async seed => {
    const history = await tell(truth => truth, seed);
    expect(checkHistory(history)).toEqual([]);
    // Or else it judged nothing.
    expect(history.watches[0].changes.length).toBeGreaterThan(200);
    expect(history.writes.filter(({ outcome }) => outcome === 'fail').length).toBeGreaterThan(10);
    for (const type of ['create', 'update', 'delete'])
      expect(history.writes.filter(write => write.type === type && write.outcome === 'ok')).not.toEqual([]);
  });

  it.each<{ reason: string; rules: RuleName[]; lie(truth: Subject): Subject }>([
    {
      reason: 'an event is dropped',
      rules: ['watchesMissNothing', 'watchersAgree', 'listsAndWatchesAgree'],
      lie: truth => {
        let watches = 0;
        return heard(truth, () => {
          watches += 1;
          return watches === 1 ? (change, index) => (index === 100 ? [] : [change]) : change => [change];
        });
      },
    },
    {
      reason: 'an event is dropped for every watcher',
      rules: ['watchesMissNothing', 'listsAndWatchesAgree'],
      lie: truth => heard(truth, () => (change, index) => (index % 50 === 49 ? [] : [change])),
    },
    {
      reason: 'an event is told twice',
      rules: ['watchesAreInOrder'],
      lie: truth => heard(truth, () => (change, index) => (index === 50 ? [change, change] : [change])),
    },
    {
      reason: 'two events change places',
      rules: ['watchesAreInOrder'],
      lie: truth =>
        heard(truth, () => {
          let held: Change[] = [];
          return (change, index) => {
            if (index === 50) held = [change];
            if (index === 50) return [];
            const told = [change, ...held];
            held = [];
            return told;
          };
        }),
    },
    {
      reason: 'an event carries what nobody wrote',
      rules: ['nothingIsInvented', 'watchesMissNothing'],
      lie: truth =>
        heard(
          truth,
          () => (change, index) =>
            change.type !== 'DELETED' && index > 40 && index % 9 === 0
              ? [{ ...change, value: 'nobody-1' }]
              : [change],
        ),
    },
    {
      reason: 'a write is acknowledged before it is done, and lost',
      rules: ['acknowledgedWritesStand'],
      lie: truth => {
        let writes = 0;
        return but(truth, {
          update: async (key, value, expected) => {
            writes += 1;
            return writes % 40 === 0 ? expected + 100_000 : truth.update(key, value, expected);
          },
        });
      },
    },
    {
      reason: 'an acknowledged deletion is not done',
      rules: ['watchesMissNothing'],
      lie: truth => {
        let deletions = 0;
        return but(truth, {
          remove: async (key, expected) => {
            deletions += 1;
            if (deletions % 5 !== 0) await truth.remove(key, expected);
          },
        });
      },
    },
    {
      reason: 'a refused write is done all the same',
      rules: ['nothingIsInvented'],
      lie: truth => {
        let writes = 0;
        return but(truth, {
          update: async (key, value, expected) => {
            const revision = await truth.update(key, value, expected);
            writes += 1;
            if (writes % 20 === 0) await truth.update('missing', value, revision);
            return revision;
          },
        });
      },
    },
    {
      reason: 'two win from the same state',
      rules: ['oneOfManyWins'],
      lie: truth =>
        but(truth, {
          update: async (key, value, expected) => {
            for (let at = expected; ; at = (await truth.get(key))?.revision ?? -1) {
              const [outcome] = await Promise.allSettled([truth.update(key, value, at)]);
              if (outcome.status === 'fulfilled') return outcome.value;
              if (at === -1) throw outcome.reason;
            }
          },
        }),
    },
    {
      reason: 'a read comes from the past',
      rules: ['revisionsRise'],
      lie: truth => {
        const before = new Map<string, Awaited<ReturnType<Subject['get']>>>();
        let reads = 0;
        return but(truth, {
          get: async key => {
            reads += 1;
            const stale = before.get(key);
            if (!stale) before.set(key, await truth.get(key));
            return stale && reads % 10 === 0 ? stale : truth.get(key);
          },
        });
      },
    },
    {
      reason: 'revisions begin anew',
      rules: ['revisionsRise'],
      lie: truth => {
        let writes = 0;
        return but(truth, {
          create: async (key, value) => {
            const revision = await truth.create(key, value);
            writes += 1;
            return writes % 10 === 0 ? 1 : revision;
          },
        });
      },
    },
    {
      reason: 'a list leaves something out',
      rules: ['listsAndWatchesAgree'],
      lie: truth =>
        but(truth, {
          list: async () => {
            const { items, revision } = await truth.list();
            return { revision, items: items.slice(0, 3) };
          },
        }),
    },
    {
      reason: 'a list is of two moments',
      rules: ['listsAndWatchesAgree'],
      lie: truth => {
        let lists = 0;
        return but(truth, {
          list: async () => {
            const { items, revision } = await truth.list();
            lists += 1;
            return { items, revision: lists > 4 ? revision - 1 : revision };
          },
        });
      },
    },
  ])('finds out when $reason', async ({ rules, lie }) => {
    const found = new Set(checkHistory(await tell(lie)).map(({ rule }) => rule));
    expect([...found]).toEqual(expect.arrayContaining(rules));
  });

  it('takes a write without an answer for done or not done, but not for done twice', () => {
    const unknown = {
      client: 'c1',
      type: 'create' as const,
      key: 'k',
      value: 'c1-1',
      invoked: 1,
      completed: Infinity,
      outcome: 'unknown' as const,
    };
    const item = { key: 'k', value: 'c1-1', revision: 1 };
    const nothing: History = {
      writes: [unknown],
      reads: [],
      lists: [],
      watches: [],
      final: { revision: 1, items: [] },
    };
    expect(checkHistory(nothing)).toEqual([]);
    expect(checkHistory({ ...nothing, final: { revision: 1, items: [item] } })).toEqual([]);
    const read = { client: 'c2', key: 'k', invoked: 2, completed: 3, item: { ...item, revision: 2 } };
    const twice = { ...nothing, reads: [read], final: { revision: 3, items: [{ ...item, revision: 3 }] } };
    expect(checkHistory(twice)).toMatchObject([{ rule: 'nothingIsInvented' }]);
  });

  it('finds a lost write even where nobody watched', () => {
    const write = {
      client: 'c1',
      type: 'create' as const,
      key: 'k',
      value: 'c1-1',
      invoked: 1,
      completed: 2,
      outcome: 'ok' as const,
      revision: 1,
    };
    const history = { writes: [write], reads: [], lists: [], watches: [], final: { revision: 1, items: [] } };
    expect(checkHistory(history)).toMatchObject([{ rule: 'acknowledgedWritesStand' }]);
  });
});
