/** How far a fetch is, as git tells it. */
export interface FetchProgress {
  /** Of the objects that are to be received. */
  percent?: number;
  receivedBytes?: number;
  message: string;
}

const UNITS: Readonly<Record<string, number>> = { bytes: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Reads a line of git's progress: `Receiving objects:  45% (450/1000), 5.00 MiB | 3.00 MiB/s`. */
export function fetchProgress(line: string): FetchProgress | undefined {
  const found = /^(?:remote: )?([A-Z][A-Za-z ]+):\s+(\d+)%/.exec(line);
  if (!found) return undefined;
  const [, what, percent] = found;
  if (what !== 'Receiving objects') return { message: `${what}: ${percent} %` };
  const size = /, ([\d.]+) (bytes|KiB|MiB|GiB)/.exec(line);
  return {
    percent: Number(percent),
    ...(size ? { receivedBytes: Math.round(Number(size[1]) * UNITS[size[2]]) } : {}),
    message: what,
  };
}
