import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError, Kind, Resource, rfc3339 } from '@krate/resource-model';
import { Clock } from '../Clock';
import { Result } from '../defineReconciler';
import { digest } from '../json';
import { PLATFORM_NAMESPACE } from '../objectKeys';
import { ResourceClient } from '../ResourceClient';

type EventInput = NonNullable<Result<any>['events']>[number];

/** The fields of a core/v1 Event that are used here. */
interface CoreEvent extends Omit<Resource, 'spec'> {
  count?: number;
}

/** How many recently written events are remembered. */
const REMEMBERED = 2_000;
const LONGEST_NAME = 253;
const LONGEST_MESSAGE = 1_024;

/**
 * Writes Kubernetes events. The name is a digest of what the event says and of whom, so that saying it again, even after a
 * restart, raises `count` instead of making another object. Events are for people to read: a failure to write one is
 * logged and never fails the reconcile.
 */
export class EventRecorder {
  /** Event name -> count, so that a repetition is one patch. */
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly options: {
      client: ResourceClient;
      eventKind?: Kind;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  async record(about: Resource, reporter: string, event: EventInput): Promise<void> {
    const { eventKind, logger } = this.options;
    if (!eventKind) return;
    try {
      await this.write(eventKind, about, reporter, {
        ...event,
        message: event.message.slice(0, LONGEST_MESSAGE),
      });
    } catch (error) {
      logger.warn(
        `The event ${event.reason} about ${about.kind} ${about.metadata.name} was not written: ${error}`,
      );
    }
  }

  private async write(kind: Kind, about: Resource, reporter: string, event: EventInput): Promise<void> {
    const { client } = this.options;
    const namespace = about.metadata.namespace ?? PLATFORM_NAMESPACE;
    const suffix = `.${digest([about.metadata.uid, reporter, event])}`;
    const name = about.metadata.name.slice(0, LONGEST_NAME - suffix.length) + suffix;
    const memory = `${namespace}/${name}`;
    const now = rfc3339(new Date(this.options.clock.now()));

    const count =
      this.counts.get(memory) ??
      ((await client.get(kind, { namespace, name })) as CoreEvent | undefined)?.count;
    if (count !== undefined && (await this.countUp(kind, { namespace, name }, count + 1, now))) {
      this.remember(memory, count + 1);
      return;
    }
    await client.create(kind, newEvent(kind, about, reporter, event, { namespace, name, now }));
    this.remember(memory, 1);
  }

  /** False when the event has expired meanwhile. */
  private async countUp(
    kind: Kind,
    key: { namespace: string; name: string },
    count: number,
    now: string,
  ): Promise<boolean> {
    try {
      await this.options.client.patch(kind, key, { count, lastTimestamp: now });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return false;
      throw error;
    }
  }

  private remember(name: string, count: number): void {
    this.counts.delete(name);
    this.counts.set(name, count);
    if (this.counts.size > REMEMBERED) this.counts.delete(this.counts.keys().next().value!);
  }
}

function newEvent(
  kind: Kind,
  about: Resource,
  reporter: string,
  event: EventInput,
  given: { namespace: string; name: string; now: string },
) {
  const { name, namespace, uid, resourceVersion } = about.metadata;
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name: given.name, namespace: given.namespace },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion },
    type: event.type,
    reason: event.reason,
    message: event.message,
    source: { component: reporter },
    reportingComponent: reporter,
    reportingInstance: reporter,
    firstTimestamp: given.now,
    lastTimestamp: given.now,
    count: 1,
  };
}
