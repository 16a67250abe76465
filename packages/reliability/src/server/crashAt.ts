import { subscribe } from 'node:diagnostics_channel';
import { Knex } from 'knex';
import { CrashPoint } from './ServerSettings';

/** Ends this process at a moment that its code tells of, without any chance to tidy up. */
export function crashAt({ channel, count }: CrashPoint, knex: Knex): void {
  let left = count;
  const passed = () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  if (channel === 'statement') knex.on('query', passed);
  else subscribe(channel, passed);
}
