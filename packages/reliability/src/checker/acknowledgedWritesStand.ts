import { History, Write } from '../history/History';
import { describeWrite } from './describeWrite';

/** What was acknowledged is there at the end, or what somebody wrote over it; and what was deleted is not. */
export function acknowledgedWritesStand({ writes, final }: History): string[] {
  const left = new Map(final.items.map(item => [item.key, item]));
  const deletions = writes.filter(({ type, outcome }) => type === 'delete' && outcome !== 'fail');
  const mayBeDeleted = ({ key, revision = 0 }: Write) =>
    deletions.some(deletion => deletion.key === key && deletion.expected! >= revision);
  return writes
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap(write => {
      const item = left.get(write.key);
      if (write.type === 'delete')
        return item?.revision === write.expected ? [`${describeWrite(write)}, and it is still there`] : [];
      if (!item) return mayBeDeleted(write) ? [] : [`${describeWrite(write)}, and nothing is there`];
      if (item.revision > write.revision!) return [];
      if (item.revision === write.revision && item.value === write.value) return [];
      return [`${describeWrite(write)}, and ${item.value} is there at ${item.revision}`];
    });
}
