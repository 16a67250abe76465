import { randomUUID } from 'node:crypto';
import { AddressInfo } from 'node:net';
import express from 'express';
import { answerCalls } from '../harness/Child';
import { RawTables } from '../sides/RawTables';

/** What Krate adds to such an object, mostly in managedFields: both store the same number of bytes. */
const PADDING = 420;

/** The least that a server of this kind can be: express, a parsed body, one raw transaction, the object as the answer. */
async function start({ file, synchronous }: { file: string; synchronous: 'FULL' | 'NORMAL' }) {
  const tables = new RawTables(file, synchronous);
  const app = express();
  app.post('/samples', express.json(), (request, response) => {
    const { metadata, ...rest } = request.body;
    const object = { ...rest, metadata: { ...metadata, uid: randomUUID() } };
    object.metadata.padding = 'p'.repeat(PADDING);
    const text = JSON.stringify(object);
    tables.create(metadata.name, text);
    response.status(201).type('application/json').end(text);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  return { port: (server.address() as AddressInfo).port };
}

answerCalls({ start });
