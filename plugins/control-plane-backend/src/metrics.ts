import { performance } from 'node:perf_hooks';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ControllerManager } from '@krate/controller-runtime';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from './identity/Authenticator';
import { statusErrors } from './runtime/statusErrors';

/** Every metric of the control plane, by name. */
export const METRICS = {
  krate_store_revision: { type: 'counter', help: 'Writes committed to the resource store.' },
  krate_objects: { type: 'gauge', help: 'Objects in the controllers’ caches, by resource.' },
  krate_reconciles_total: { type: 'counter', help: 'Calls of a reconciler.' },
  krate_reconcile_errors_total: {
    type: 'counter',
    help: 'Calls of a reconciler that failed and are repeated.',
  },
  krate_reconcile_queue: { type: 'gauge', help: 'Objects that wait for a reconciler.' },
  krate_effects: {
    type: 'gauge',
    help: 'Effects by state: pending and running now, ended ones since the start.',
  },
  krate_event_loop_utilization: {
    type: 'gauge',
    help: 'Share of the time the process was busy since the last reading.',
  },
} as const;

type Sample = { name: keyof typeof METRICS; labels?: Record<string, string>; value: number };

/** `GET /metrics` in the text format of Prometheus, for platform administrators: numbers tell of every organization. */
export function createMetricsRouter(options: {
  manager: ControllerManager;
  store: ResourceStore;
  authenticator: Authenticator;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();
  let lastUtilization = performance.eventLoopUtilization();
  router.get('/metrics', async (request, response) => {
    const { principal } = await options.authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
    if (!(await options.isPlatformAdministrator(principal))) {
      throw new ApiError('Forbidden', 'Metrics are for platform administrators');
    }
    const { utilization } = performance.eventLoopUtilization(lastUtilization);
    lastUtilization = performance.eventLoopUtilization();
    const samples: Sample[] = [
      { name: 'krate_store_revision', value: await options.store.revision() },
      { name: 'krate_event_loop_utilization', value: utilization },
      ...managerSamples(options.manager),
    ];
    response.type('text/plain; version=0.0.4').send(expositionOf(samples));
  });
  router.use(statusErrors(options.logger));
  return router;
}

function managerSamples(manager: ControllerManager): Sample[] {
  const { reconcilers, effects, objects } = manager.metrics();
  return [
    ...Object.entries(objects).map(([resource, value]) => ({
      name: 'krate_objects' as const,
      labels: { resource },
      value,
    })),
    ...Object.entries(reconcilers).flatMap(([reconciler, numbers]) => [
      { name: 'krate_reconciles_total' as const, labels: { reconciler }, value: numbers.reconciles },
      { name: 'krate_reconcile_errors_total' as const, labels: { reconciler }, value: numbers.errors },
      { name: 'krate_reconcile_queue' as const, labels: { reconciler }, value: numbers.queued },
    ]),
    ...Object.entries(effects).map(([state, value]) => ({
      name: 'krate_effects' as const,
      labels: { state },
      value,
    })),
  ];
}

/** Samples of one name stand together under its help, as the format asks. */
function expositionOf(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))];
  const lines = names.flatMap(name => [
    `# HELP ${name} ${METRICS[name].help}`,
    `# TYPE ${name} ${METRICS[name].type}`,
    ...samples
      .filter(sample => sample.name === name)
      .map(({ labels = {}, value }) => {
        const text = Object.entries(labels)
          .map(([key, label]) => `${key}="${label}"`)
          .join(',');
        return `${name}${text ? `{${text}}` : ''} ${value}`;
      }),
  ]);
  return `${lines.join('\n')}\n`;
}
