import { Change, History, Item, Snapshot, WatchLog } from '../history/History';

/** A list and the watch from it lead to every later list: what was listed at a revision is what had happened up to it. */
export function listsAndWatchesAgree({ lists, watches, final }: History): string[] {
  const snapshots = [...lists.map(({ snapshot }) => snapshot), ...watches.map(({ from }) => from), final];
  return watches.flatMap(log => faultsOf(log, snapshots));
}

function faultsOf({ watcher, from, changes, reached }: WatchLog, snapshots: readonly Snapshot[]): string[] {
  const state = new Map(from.items.map(item => [item.key, item]));
  const pending = [...changes];
  return snapshots
    .filter(({ revision }) => revision >= from.revision && revision <= reached)
    .sort((a, b) => a.revision - b.revision)
    .flatMap(snapshot => {
      while (pending.length > 0 && pending[0].revision <= snapshot.revision) apply(state, pending.shift()!);
      const difference = differenceOf(state, snapshot.items);
      return difference ? [`A list at ${snapshot.revision}: ${difference} by what ${watcher} saw`] : [];
    });
}

function apply(state: Map<string, Item>, { type, key, value, revision }: Change): void {
  if (type === 'DELETED') state.delete(key);
  else state.set(key, { key, value, revision });
}

function differenceOf(state: ReadonlyMap<string, Item>, items: readonly Item[]): string | undefined {
  const wrong = items.find(({ key, value, revision }) => {
    const expected = state.get(key);
    return expected?.value !== value || expected.revision !== revision;
  });
  if (wrong) {
    const { key, value, revision } = wrong;
    return `${key} = ${value} at ${revision} is ${state.get(key)?.value ?? 'absent'}`;
  }
  const listed = new Set(items.map(({ key }) => key));
  const missing = [...state.keys()].find(key => !listed.has(key));
  return missing && `${missing} is not listed, and is there`;
}
