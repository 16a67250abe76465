/** Processes that belong to a directory: by what they are called, where they work, or what is mounted for them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export function processesOf(directory) {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid =>
      [
        commandOf(pid),
        read(() => readlinkSync(`/proc/${pid}/cwd`)),
        read(() => readFileSync(`/proc/${pid}/mountinfo`, 'utf8')),
      ].some(text => text.includes(directory)),
    )
    .map(pid => `${pid} ${commandOf(pid).slice(0, 200)}`);
}

const commandOf = pid => read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));

/** A process may end while it is looked at, and may be another user's. */
function read(look) {
  try {
    return look();
  } catch {
    return '';
  }
}
