import { Line, Transcript } from '../story/Transcript';

/** One place where two tellings differ; `undefined` stands for what is not there. */
export interface Difference {
  step: string;
  /** `status`, `warnings`, or a path below `body` such as `body.metadata.generation`. */
  path: string;
  real: unknown;
  krate: unknown;
}

/** Every leaf in which what Krate says differs from what the real server says. */
export function differencesBetween(real: Transcript, krate: Transcript): Difference[] {
  const told = new Map(krate.map(line => [line.step, line]));
  return real.flatMap(line => inLine(line, told.get(line.step)));
}

function inLine(real: Line, krate: Line | undefined): Difference[] {
  const found: Difference[] = [];
  const parts = ['call', 'status', 'warnings', 'body'] as const;
  for (const part of parts) walk(part, real[part], krate?.[part], found, real.step);
  return found;
}

function walk(path: string, real: unknown, krate: unknown, found: Difference[], step: string): void {
  if (Object.is(real, krate)) return;
  if (isContainer(real) && isContainer(krate) && Array.isArray(real) === Array.isArray(krate)) {
    const keys = new Set([...Object.keys(real), ...Object.keys(krate)]);
    for (const key of keys) {
      const at = Array.isArray(real) ? `${path}[${key}]` : `${path}.${key}`;
      walk(at, (real as any)[key], (krate as any)[key], found, step);
    }
    return;
  }
  found.push({ step, path, real, krate });
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
