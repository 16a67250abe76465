import { subscribe } from 'node:diagnostics_channel';
import { CrashPoint } from './ServerSettings';

/** Ends this process at a moment that its code tells of, without any chance to tidy up. */
export function crashAt({ channel, count }: CrashPoint): void {
  let left = count;
  subscribe(channel, () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });
}
