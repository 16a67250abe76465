import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { ApiObject } from '../ApiClient';
import { contextOf } from '../context';
import { print, printJson, printTable } from '../output';

/** Listeners outside: what they were sent, a ping, and a message once more. Listeners themselves are applied like everything else. */
export function registerWebhook(program: Command): void {
  const webhook = program.command('webhook').description('test listeners, and look at what they were sent');

  webhook
    .command('test <subscription>')
    .description('send a ping')
    .action(async (name: string, _options: object, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const subscription = await client.patch('WebhookSubscription', namespace(), name, {
        spec: { test: { id: randomUUID() } },
      });
      if (json) printJson(subscription);
      else print(`${name} is sent a ping; \`krate webhook deliveries ${name}\` shows what it answers`);
    });

  webhook
    .command('deliveries <subscription>')
    .description('what a listener was sent, the newest first')
    .option('--failed', 'only what was given up')
    .action(async (name: string, options: { failed?: boolean }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const failed = options.failed ? ',status.phase=Failed' : '';
      const fieldSelector = `spec.subscription=${name}${failed}`;
      const deliveries = await client.list('WebhookDelivery', namespace(), { fieldSelector });
      deliveries.sort((a, b) => createdAt(b).localeCompare(createdAt(a)));
      if (json) printJson(deliveries);
      else printTable(['DELIVERY', 'EVENT', 'PHASE', 'STATUS', 'ATTEMPTS', 'CREATED'], deliveries.map(rowOf));
    });

  webhook
    .command('replay <delivery>')
    .description('send a message once more, with the same webhook-id')
    .option('--reason <text>', 'why')
    .action(async (name: string, options: { reason?: string }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const delivery = await client.patch('WebhookDelivery', namespace(), name, {
        spec: { replay: { reason: options.reason ?? 'asked for with krate' } },
      });
      if (json) printJson(delivery);
      else print(`${name} is sent again`);
    });
}

function createdAt({ metadata }: ApiObject): string {
  return String(metadata.creationTimestamp ?? '');
}

function rowOf(delivery: ApiObject): string[] {
  const { metadata, spec, status } = delivery;
  const answered = status?.response?.status ?? status?.attempts?.at(-1)?.code;
  return [
    metadata.name,
    spec.eventType,
    status?.phase ?? 'Pending',
    String(answered ?? ''),
    String(status?.attemptCount ?? 0),
    createdAt(delivery),
  ];
}
