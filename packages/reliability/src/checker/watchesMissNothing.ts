import { History, WatchLog, Write } from '../history/History';
import { describeWrite } from './describeWrite';

/** Every acknowledged write between a watch's list and how far it came is among what it saw, with its value. */
export function watchesMissNothing({ writes, watches, final }: History): string[] {
  const acknowledged = writes.filter(({ outcome }) => outcome === 'ok');
  return watches.flatMap(log => {
    const isSeen = seenBy(log, log.reached >= final.revision);
    return acknowledged
      .filter(write => !isSeen(write))
      .map(write => `${log.watcher} missed that ${describeWrite(write)}`);
  });
}

function seenBy({ from, changes, reached }: WatchLog, isComplete: boolean): (write: Write) => boolean {
  const byRevision = new Map(changes.map(change => [change.revision, change]));
  const deleted = deletionsIn({ from, changes });
  const known = new Set([...from.items, ...changes].map(({ key, revision }) => `${key} ${revision}`));
  return ({ type, key, value, revision, expected }) => {
    if (type === 'delete') {
      // Where in the order it came nobody was told: it follows the state that it named.
      const concerns = isComplete && known.has(`${key} ${expected}`);
      return !concerns || deleted.has(`${key} ${expected}`);
    }
    if (revision! <= from.revision || revision! > reached) return true;
    const change = byRevision.get(revision!);
    return change?.key === key && change.value === value;
  };
}

/** The states that a deletion followed. */
function deletionsIn({ from, changes }: Pick<WatchLog, 'from' | 'changes'>): Set<string> {
  const current = new Map(from.items.map(({ key, revision }) => [key, revision]));
  const deleted = new Set<string>();
  for (const { type, key, revision } of changes) {
    if (type === 'DELETED') deleted.add(`${key} ${current.get(key)}`);
    current.set(key, revision);
  }
  return deleted;
}
