import { join } from 'node:path';
import { Bench, defineBenches, Place } from '../harness/Bench';
import { startChild } from '../harness/Child';
import { HttpClient } from '../harness/HttpClient';
import { rateOf } from '../harness/readings';
import { manifestOf, NAMESPACE, nameOf, Sample } from '../sides/Sample';
import { startKrate } from '../servers/startKrate';

const PATH = `/api/krate/apis/${Sample.apiVersion}/namespaces/${NAMESPACE}/${Sample.plural}`;

/** Both servers in processes of their own, this one is the clients'. */
async function open({ directory, effort }: Place, clients: { ours: number; peer: number }) {
  const krate = await startKrate({ directory, durability: 'durable' });
  const express = await startChild(require.resolve('../servers/express.child'));
  const { port } = await express.call<{ port: number }>('start', {
    file: join(directory, 'raw'),
    synchronous: 'FULL',
  });
  const ours = new HttpClient(krate.port, { Authorization: `Bearer ${krate.token}` });
  const peer = new HttpClient(port);
  let number = 0;
  const body = () => JSON.stringify(manifestOf(nameOf((number += 1))));
  const forMs = effort.sampleMs;
  return {
    ours: async () => ({
      rate: await rateOf(() => ours.post(PATH, body()), { clients: clients.ours, forMs }),
    }),
    peer: async () => ({
      rate: await rateOf(() => peer.post('/samples', body()), { clients: clients.peer, forMs }),
    }),
    close: async () => {
      ours.close();
      peer.close();
      await Promise.all([krate.stop(), express.stop()]);
    },
  };
}

function create(
  name: string,
  title: string,
  clients: { ours: number; peer: number },
  atLeast: number,
): Bench {
  return {
    name: `create-http-${name}`,
    title,
    durability: 'durable',
    figures: [{ name: 'rate', unit: 'per second', reach: { at: 'least', ratio: atLeast } }],
    open: place => open(place, clients),
  };
}

export default defineBenches(
  create(
    '1',
    'creates over HTTP by one client, with sign-in, rights, schema, rules, audit, against a bare express POST with a raw transaction',
    { ours: 1, peer: 1 },
    0.7,
  ),
  create('16', 'the same by 16 clients, against the bare POST by 16', { ours: 16, peer: 16 }, 0.7),
  create('16-to-1', 'the same by 16 clients, against the bare POST by one', { ours: 16, peer: 1 }, 1.5),
);
