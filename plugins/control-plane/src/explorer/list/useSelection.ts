import { RowSelection } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useMemo, useRef, useState } from 'react';

/** Selected rows, by uid: they stay selected while they change, and while a filter hides them they do not count. */
export function useSelection(rows: readonly Resource[]): {
  selection: RowSelection<Resource>;
  selected: readonly Resource[];
  clear(): void;
} {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>();
  const selected = useMemo(
    () => (chosen.size === 0 ? [] : rows.filter(({ metadata }) => chosen.has(metadata.uid))),
    [rows, chosen],
  );

  const toggle = (object: Resource, extend: boolean) => {
    const { uid } = object.metadata;
    const next = new Set(chosen);
    const range = extend && last.current ? between(rows, last.current, uid) : [uid];
    const select = !chosen.has(uid);
    range.forEach(each => (select ? next.add(each) : next.delete(each)));
    last.current = uid;
    setChosen(next);
  };
  const toggleAll = () =>
    setChosen(
      selected.length === rows.length ? new Set() : new Set(rows.map(({ metadata }) => metadata.uid)),
    );
  const some = selected.length === 0 ? 'none' : 'some';
  return {
    selection: {
      has: ({ metadata }) => chosen.has(metadata.uid),
      toggle,
      toggleAll,
      all: rows.length > 0 && selected.length === rows.length ? 'all' : some,
    },
    selected,
    clear: () => setChosen(new Set()),
  };
}

function between(rows: readonly Resource[], a: string, b: string): string[] {
  const uids = rows.map(({ metadata }) => metadata.uid);
  const [from, to] = [uids.indexOf(a), uids.indexOf(b)].sort((x, y) => x - y);
  return from < 0 ? [b] : uids.slice(from, to + 1);
}
