import { History, WatchLog } from '../history/History';

/** Every watch rises strictly from its list on, and its types fit: an object is added before it changes or goes. */
export function watchesAreInOrder({ watches }: History): string[] {
  return watches.flatMap(faultsOf);
}

function faultsOf({ watcher, from, changes }: WatchLog): string[] {
  const present = new Set(from.items.map(({ key }) => key));
  let last = from.revision;
  return changes.flatMap(({ type, key, revision }) => {
    const faults: string[] = [];
    const what = `${watcher} saw ${type} ${key} at ${revision}`;
    if (revision <= last) faults.push(`${what} after ${last}`);
    if ((type === 'ADDED') === present.has(key))
      faults.push(`${what}, which was ${type === 'ADDED' ? 'there already' : 'not there'}`);
    last = Math.max(last, revision);
    if (type === 'DELETED') present.delete(key);
    else present.add(key);
    return faults;
  });
}
