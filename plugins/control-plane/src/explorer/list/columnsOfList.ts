import { columnsFrom, KindInfo, TableColumn } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { isPath } from './ListState';

const LABEL = 'metadata.labels.';

/** The columns a list shows: those the kind declares, or the chosen ones in their order. */
export function columnsOfList(
  kind: KindInfo,
  chosen: readonly string[] | undefined,
): TableColumn<Resource>[] {
  const declared = columnsFrom<Resource>(kind.columns);
  if (!chosen) return declared;
  return chosen
    .filter(name => name !== 'Name' && name !== 'metadata.name')
    .flatMap(name => {
      const known = declared.find(column => column.name === name);
      // Whoever chose a column wants to see it on a narrow screen too.
      if (known) return [{ ...known, wideOnly: false }];
      return isPath(name) ? [columnAt(name)] : [];
    });
}

function columnAt(path: string): TableColumn<Resource> {
  if (path.startsWith('condition:')) {
    const condition = path.slice('condition:'.length);
    return columnsFrom<Resource>([{ name: condition, condition }])[0];
  }
  // The key of a label has dots of its own.
  const at = path.startsWith(LABEL) ? `metadata.labels['${path.slice(LABEL.length)}']` : path;
  const type = /(Timestamp|At)$/.test(path) ? ('date' as const) : undefined;
  return columnsFrom<Resource>([{ name: path, path: at, type }])[0];
}
