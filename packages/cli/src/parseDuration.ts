import { InvalidArgumentError } from 'commander';

const SECONDS = { m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** `30d`, `12h`, `90m`, `2w` as seconds. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const seconds = Number(count) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('Say it as 90m, 12h, 30d or 2w.');
}
