import { ManagerRecord, ManagerTable, compareText, managerIdentity, secondsOf } from './managerTable';

/** How many Update entries an object keeps. */
export const MAX_UPDATE_MANAGERS = 10;

const ANCIENT = 'ancient-changes';

/**
 * Merges the oldest Update entries into `ancient-changes`, one per API version, until at most
 * {@link MAX_UPDATE_MANAGERS} remain (as far as versions allow). Appliers are never merged: they could not take back
 * their fields.
 */
export function capUpdateManagers(table: ManagerTable): ManagerTable {
  const updates = [...table].filter(([, record]) => record.operation === 'Update');
  let excess = updates.length - MAX_UPDATE_MANAGERS;
  if (excess <= 0) return table;

  updates.sort(([idA, a], [idB, b]) => secondsOf(a) - secondsOf(b) || compareText(idA, idB));
  const byVersion = new Map<string, ManagerRecord[]>();
  for (const [, record] of updates) {
    if (excess === 0) break;
    const group = byVersion.get(record.apiVersion) ?? [];
    if (group.length > 0) excess--;
    byVersion.set(record.apiVersion, [...group, record]);
  }

  const capped = new Map(table);
  for (const group of byVersion.values()) if (group.length > 1) mergeInto(capped, group);
  return capped;
}

function mergeInto(table: Map<string, ManagerRecord>, group: ManagerRecord[]): void {
  const newest = group[group.length - 1];
  const bucket = {
    manager: ANCIENT,
    operation: 'Update' as const,
    apiVersion: newest.apiVersion,
    time: newest.time,
  };
  const earlier = table.get(managerIdentity(bucket));
  for (const record of group) table.delete(managerIdentity(record));
  const fields = group.reduce((all, record) => all.union(record.fields), (earlier ?? group[0]).fields);
  table.set(managerIdentity(bucket), { ...bucket, fields });
}
