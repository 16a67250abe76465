import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { answerCalls } from '../harness/Child';
import { RawTables } from '../sides/RawTables';
import { writeSamples } from './writeSamples';

/** The least that a watch can be: a raw transaction, an EventEmitter, a write to every socket. */
const changes = new EventEmitter().setMaxListeners(0);
let tables: RawTables;

async function start({ file }: { file: string }) {
  tables = new RawTables(file, 'NORMAL');
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.flushHeaders();
    const tell = (line: Buffer) => void response.write(line);
    changes.on('change', tell);
    response.once('close', () => changes.off('change', tell));
  });
  server.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  return { port: (server.address() as AddressInfo).port };
}

answerCalls({
  start,
  write: (options: { count: number; everyMs: number; prefix: string }) =>
    writeSamples(options, async ({ name }, { json }) => {
      tables.create(name, json);
      changes.emit('change', Buffer.from(`{"type":"ADDED","object":${json}}\n`));
    }),
});
