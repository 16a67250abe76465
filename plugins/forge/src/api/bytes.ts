const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size with its unit: `1.5 MiB`. */
export function bytes(size: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, size)) / 10));
  const value = size / 1024 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}
