import { PostgresResourceStore } from '@krate/resource-store';
import { findPostgresPrograms, startPostgres } from '@krate/test-postgres';
import knexFactory, { Knex } from 'knex';
import { Bench, defineBenches, Place, Unavailable } from '../harness/Bench';
import { rateOf } from '../harness/readings';
import { draftOf, keyOf, nameOf } from '../sides/Sample';

const CLIENTS = 16;
const RAW_TABLE = 'CREATE TABLE raw_object (name text PRIMARY KEY, revision bigserial, json text NOT NULL)';
const RAW_INSERT = {
  name: 'raw-insert',
  text: 'INSERT INTO raw_object (name, json) VALUES ($1, $2) RETURNING revision',
};

/** A connection of `pg` itself, past knex. */
interface Connection {
  query(statement: { name?: string; text: string; values?: unknown[] }): Promise<unknown>;
}

function connectionsOf(knex: Knex): Promise<Connection[]> {
  return Promise.all(Array.from({ length: CLIENTS }, () => knex.client.acquireConnection()));
}

async function open({ effort }: Place) {
  const found = findPostgresPrograms();
  if (found.type === 'none') throw new Unavailable(found.reason);
  const server = await startPostgres({ durable: true });
  const knex = knexFactory({ client: 'pg', connection: server.url, pool: { min: 0, max: 10 } });
  const store = await PostgresResourceStore.open({ knex });
  const raw = knexFactory({ client: 'pg', connection: server.url, pool: { min: 0, max: CLIENTS } });
  const connections = await connectionsOf(raw);
  await connections[0].query({ text: RAW_TABLE });

  let number = 0;
  const create = () => {
    const name = nameOf((number += 1));
    return store.write([{ type: 'create', key: keyOf(name), draft: draftOf(name) }]);
  };
  const insert = async () => {
    const name = nameOf((number += 1));
    const connection = connections.pop()!;
    await connection.query({ ...RAW_INSERT, values: [name, draftOf(name).json] });
    connections.push(connection);
  };
  const load = { clients: CLIENTS, forMs: effort.sampleMs };
  return {
    ours: async () => ({ rate: await rateOf(create, load) }),
    peer: async () => ({ rate: await rateOf(insert, load) }),
    close: async () => {
      await store.close();
      await Promise.all(connections.map(connection => raw.client.releaseConnection(connection)));
      await Promise.all([knex.destroy(), raw.destroy()]);
      await server.dispose();
    },
  };
}

const create: Bench = {
  name: 'create-postgres-16',
  title: 'creates on PostgreSQL by 16 writers, against 16 clients of a raw single-statement insert',
  durability: 'durable',
  figures: [{ name: 'rate', unit: 'per second', reach: { at: 'least', ratio: 0.6 } }],
  open,
};

export default defineBenches(create);
