import { Change, History } from '../history/History';

/** Whoever watches the same stretch sees the same: no event is told to some and not to others, or otherwise. */
export function watchersAgree({ watches }: History): string[] {
  const first = new Map<number, { watcher: string; text: string }>();
  for (const { watcher, changes } of watches) {
    for (const change of changes) {
      if (!first.has(change.revision)) first.set(change.revision, { watcher, text: textOf(change) });
    }
  }
  return watches.flatMap(({ watcher, from, reached, changes }) => {
    const own = new Map(changes.map(change => [change.revision, textOf(change)]));
    return [...first].flatMap(([revision, told]) => {
      if (revision <= from.revision || revision > reached || own.get(revision) === told.text) return [];
      return [
        `${told.watcher} saw ${told.text} at ${revision}, ${watcher} ${own.get(revision) ?? 'nothing'}`,
      ];
    });
  });
}

function textOf({ type, key, value }: Change): string {
  return `${type} ${key} = ${value}`;
}
