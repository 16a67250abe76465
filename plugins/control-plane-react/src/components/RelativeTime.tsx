import { useNow } from '../hooks/useNow';

const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [2_592_000, 86_400, 'day'],
  [31_536_000, 2_592_000, 'month'],
  [Infinity, 31_536_000, 'year'],
];
const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

export function relativeTime(time: Date, now: Date): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000);
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit)!;
  return format.format(Math.trunc(seconds / size), unit);
}

/** A time relative to now, with the exact time on hover; it ticks. */
export function RelativeTime({ time }: { time: string | undefined }) {
  useNow(15_000);
  if (!time) return null;
  const date = new Date(time);
  return (
    <time dateTime={time} title={date.toLocaleString()}>
      {/* Not the time of the last tick: what happened since would lie in the future. */}
      {relativeTime(date, new Date())}
    </time>
  );
}
