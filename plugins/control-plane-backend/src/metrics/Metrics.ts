import { performance } from 'node:perf_hooks';
import { ControllerManager } from '@krate/controller-runtime';
import { ResourceStore } from '@krate/resource-store';
import { collectDefaultMetrics, Counter, Gauge, Histogram, register, Registry } from 'prom-client';

/** One answered request of the resource API. */
export interface AnsweredRequest {
  /** As the authorizer names it: get, list, watch, create, update, patch, delete, deletecollection. */
  verb: string;
  /** Plural and group, `repositories.krate.a5c.ai`. */
  resource: string;
  /** HTTP status; 0 when the client went away before the answer. */
  code: number;
  /** From the request to the end of the answer. */
  seconds: number;
}

/** What the numbers are read from when they are asked for. */
export interface MetricSources {
  manager: Pick<ControllerManager, 'metrics'> & {
    /** Whether the controllers act in this process. */
    readonly active: boolean;
  };
  store: Pick<ResourceStore, 'revision'>;
}

/**
 * The numbers of the control plane in the format of Prometheus, together with those of Backstage's own plugins in this
 * process. Labels are kinds, verbs and phases, never names of objects or people.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Counter;
  private readonly durations: Histogram;
  private lastUtilization = performance.eventLoopUtilization();

  constructor(private readonly sources: MetricSources) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Counter({
      name: 'krate_api_requests_total',
      help: 'Answered requests of the resource API.',
      labelNames: ['verb', 'resource', 'code'],
      registers,
    });
    this.durations = new Histogram({
      name: 'krate_api_request_duration_seconds',
      help: 'From a request of the resource API to the end of its answer; watches are left out.',
      labelNames: ['verb', 'resource'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30],
      registers,
    });
    this.gauge(
      'krate_event_loop_utilization',
      'Share of the time the process was busy since the last reading.',
      gauge => gauge.set(this.utilization()),
    );
    this.gauge('krate_store_revision', 'The revision of the last committed write.', async gauge =>
      gauge.set(await sources.store.revision()),
    );
    this.addManager();
  }

  /** Asked for the number of open watches of the resource API from now on. */
  watching(watches: () => number): void {
    this.gauge('krate_api_watches', 'Open watches of the resource API.', gauge => gauge.set(watches()));
  }

  answered({ verb, resource, code, seconds }: AnsweredRequest): void {
    this.requests.inc({ verb, resource, code });
    if (verb !== 'watch') this.durations.observe({ verb, resource }, seconds);
  }

  /** The text of `GET /metrics` and its content type. */
  async exposition(): Promise<{ contentType: string; text: string }> {
    const merged = Registry.merge([this.registry, register]);
    return { contentType: merged.contentType, text: await merged.metrics() };
  }

  private addManager(): void {
    const { manager } = this.sources;
    this.gauge(
      'krate_controllers_active',
      '1 where reconcilers and effects act, 0 where a backend stands by for another one.',
      gauge => gauge.set(Number(manager.active)),
    );
    this.gauge(
      'krate_objects',
      'Objects by resource and phase, as the controllers see them.',
      gauge => {
        for (const [resource, phases] of Object.entries(manager.metrics().objects))
          for (const [phase, count] of Object.entries(phases)) gauge.set({ resource, phase }, count);
      },
      ['resource', 'phase'],
    );
    this.gauge(
      'krate_effects',
      'Effects by state: pending and running now, ended ones since the start.',
      gauge => {
        for (const [state, count] of Object.entries(manager.metrics().effects)) gauge.set({ state }, count);
      },
      ['state'],
    );
    const perReconciler = [
      ['krate_reconciles_total', 'Calls of a reconciler since the start.', 'reconciles'],
      ['krate_reconcile_errors_total', 'Calls of a reconciler that failed and are repeated.', 'errors'],
      ['krate_reconcile_queue', 'Objects that wait for a reconciler.', 'queued'],
      ['krate_reconcile_running', 'Objects a reconciler works on.', 'running'],
    ] as const;
    for (const [name, help, number] of perReconciler) {
      this.gauge(
        name,
        help,
        gauge => {
          for (const [reconciler, numbers] of Object.entries(manager.metrics().reconcilers))
            gauge.set({ reconciler }, numbers[number]);
        },
        ['reconciler'],
      );
    }
  }

  /** A number that is read when it is asked for. What is no longer there loses its line. */
  private gauge(
    name: string,
    help: string,
    read: (gauge: Gauge) => void | Promise<void>,
    labelNames: string[] = [],
  ) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        gauge.reset();
        await read(gauge);
      },
    });
  }

  private utilization(): number {
    const { utilization } = performance.eventLoopUtilization(this.lastUtilization);
    this.lastUtilization = performance.eventLoopUtilization();
    return utilization;
  }
}
