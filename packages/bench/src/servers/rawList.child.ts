import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { answerCalls } from '../harness/Child';
import { RawTables } from '../sides/RawTables';
import { draftOf, nameOf } from '../sides/Sample';

/** The least that a list over HTTP can be: a select of texts, brackets and commas, one write. */
async function start({ file, count, matching }: { file: string; count: number; matching: number }) {
  const tables = new RawTables(file, 'NORMAL');
  const every = count / matching;
  tables.seed(
    Array.from({ length: count }, (_, number) => {
      const label = number % every === 0 ? 'some' : `other-${number % 100}`;
      const name = nameOf(number);
      return { name, label, json: draftOf(name, { group: label }).json };
    }),
  );
  const all = tables.all();
  const labelled = tables.labelled();
  const server = createServer((request, response) => {
    const rows = request.url === '/some' ? labelled.all('some') : all.all();
    response.setHeader('Content-Type', 'application/json');
    response.end(`{"kind":"List","items":[${rows.join(',')}]}`);
  });
  server.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  return { port: (server.address() as AddressInfo).port };
}

answerCalls({ start });
