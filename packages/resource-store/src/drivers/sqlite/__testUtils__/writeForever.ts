/*
 * Run as a process of its own: writes objects n-1, n-2, … to the store given as its argument until it is killed, and
 * prints each name after the write was acknowledged. Eight writers take turns, so that groups are in flight.
 */
import { writeSync } from 'node:fs';
import { create } from '../../../conformance/objects';
import { SqliteResourceStore } from '../SqliteResourceStore';

async function writeForever(file: string): Promise<void> {
  const store = await SqliteResourceStore.open({ file });
  let next = 1;
  const writer = async () => {
    for (;;) {
      const name = `n-${next}`;
      next += 1;
      await create(store, { name });
      writeSync(process.stdout.fd, `${name}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

writeForever(process.argv[2]).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
