import { krateRows } from './krateRows';
import { portalRows } from './portalRows';
import { Row } from './Row';

/** A route that is there, with the row that is about it. */
export interface Guarded {
  /** `GET /api/catalog/entities` */
  route: string;
  row?: Row;
}

const rows = [...krateRows, ...portalRows].map(row => ({ row, pattern: patternOf(row.route) }));

/** Each route with its row: the one that names it, or else the first whose pattern fits. */
export function tableOf(routes: readonly string[]): Guarded[] {
  return routes.map(route => {
    const named = rows.find(({ row }) => row.route === route);
    return { route, row: (named ?? rows.find(({ pattern }) => pattern.test(route)))?.row };
  });
}

/** Rows that are about no route any more. */
export function idleRows(table: readonly Guarded[]): string[] {
  return rows
    .map(({ row }) => row)
    .filter(row => table.every(entry => entry.row !== row))
    .map(({ route }) => route);
}

/** `*` stands for one segment or what is left of one. */
function patternOf(route: string): RegExp {
  const escaped = route.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replaceAll('/**', '/<rest>').replaceAll('*', '[^/]*').replace('<rest>', '\\*\\*')}$`,
  );
}
