/*
 * Run as a process of its own: the control plane behind a plain HTTP port, without Backstage around it, so that it starts
 * within a second and can be killed a hundred times. Its settings are the JSON of the first argument; it prints one line of
 * JSON when it is ready.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { readConfig, startControlPlane } from '@krate/plugin-control-plane-backend/standalone';
import express from 'express';
import { crashAt } from './crashAt';
import { itemsArea } from './itemsArea';
import { openKnex } from './openKnex';
import { bystanders } from './bystanders';
import { ServerSettings } from './ServerSettings';

async function serve(settings: ServerSettings): Promise<void> {
  const knex = openKnex(settings);
  if (settings.crash) crashAt(settings.crash, knex);
  const plane = await startControlPlane({
    ...bystanders,
    knex,
    config: readConfig(bystanders.config(settings)),
    installations: [itemsArea(settings.world ?? join(settings.directory, 'world'), settings.name)],
  });
  const app = express().use('/api/krate', plane.router);
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(settings.port, '127.0.0.1', resolve));
  await plane.begin();
  const { token } = await plane.controlPlane.tokens.issue({
    principal: { type: 'user', name: 'admin' },
    purpose: 'access',
    description: 'the workload',
  });
  process.stdout.write(`${JSON.stringify({ token })}\n`);
  process.once('SIGTERM', async () => {
    server.close();
    await plane.stop();
    await knex.destroy();
    process.exit(0);
  });
}

serve(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
