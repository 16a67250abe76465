import { History, Item } from '../history/History';

/** Everything that anybody saw was written by somebody, was not refused, and was applied once: a value has one revision. */
export function nothingIsInvented(history: History): string[] {
  const written = new Map(
    history.writes.flatMap(write => (write.value ? [[write.value, write] as const] : [])),
  );
  const seenAt = new Map<string, number>();
  return observed(history).flatMap(({ key, value, revision }) => {
    const write = written.get(value);
    if (!write || write.key !== key) return [`${key} = ${value} at ${revision} was written by nobody`];
    if (write.outcome === 'fail') return [`${key} = ${value} at ${revision} was refused, and is there`];
    const before = seenAt.get(value) ?? write.revision ?? revision;
    seenAt.set(value, before);
    if (before === revision) return [];
    return [`${key} = ${value} was applied twice: at ${before} and at ${revision}`];
  });
}

/** Objects wherever they turned up; the revision of a deletion is its own, so deletions are left out. */
function observed({ reads, lists, watches, final }: History): Item[] {
  return [
    ...reads.flatMap(({ item }) => (item ? [item] : [])),
    ...[...lists.map(({ snapshot }) => snapshot), ...watches.map(({ from }) => from), final].flatMap(
      ({ items }) => items,
    ),
    ...watches.flatMap(({ changes }) => changes.filter(({ type }) => type !== 'DELETED')),
  ];
}
