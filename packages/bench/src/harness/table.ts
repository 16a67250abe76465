import { Row } from './judge';
import { growthExponent } from './statistics';
import { Bench } from './Bench';

const COLUMNS = ['what', 'ours', 'peer', 'ratio', 'middle half', 'reach', 'met', 'control', 'mode'];

/** The lines for people, in columns. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [COLUMNS, ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map(line => line[column].length)));
  return cells
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** How a family of benches grows from size to size; empty where only one size was measured. */
export function growthLines(benches: readonly Bench[], rows: readonly Row[]): string[] {
  const families = [...new Set(benches.flatMap(({ family }) => family ?? []))];
  return families.flatMap(family => {
    const members = benches.filter(bench => bench.family === family && bench.size);
    const points = (side: 'ours' | 'peer') =>
      members.flatMap(bench => {
        const value = rows.find(row => row.name.split('/')[0] === bench.name)?.[side];
        return value ? [{ size: bench.size!, value }] : [];
      });
    if (points('ours').length < 2) return [];
    const sizes = points('ours').map(({ size }) => size);
    const [ours, peer] = [growthExponent(points('ours')), growthExponent(points('peer'))];
    return `${family} over ${sizes.join(', ')}: ours ~ n^${ours.toFixed(2)}, peer ~ n^${peer.toFixed(2)}`;
  });
}

function cellsOf(row: Row): string[] {
  const { name, reach, durability, missing } = row;
  if (missing) return [name, '-', '-', missing, '', reach, '-', '', durability];
  return [
    name,
    reading(row.ours!, row.unit),
    reading(row.peer!, row.unit),
    row.unstable ? 'unstable' : row.ratio!.toFixed(3),
    row.range!.map(value => value.toFixed(2)).join('..'),
    reach,
    metOf(row),
    row.control!.toFixed(2),
    durability,
  ];
}

function metOf({ met }: Row): string {
  if (met === null) return '-';
  return met ? 'yes' : 'no';
}

function reading(value: number, unit: Row['unit']): string {
  return unit === 'ms' ? `${value.toPrecision(3)} ms` : `${Math.round(value)}/s`;
}
