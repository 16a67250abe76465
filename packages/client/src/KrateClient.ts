import { Kind } from '@krate/resource-model';
import { followEvents, OrganizationEvent } from './followEvents';
import { operationTable } from './generated/operationTable';
import { OperationId, OperationInput, OperationOutput } from './operationCall';
import { ResourceCollection } from './ResourceCollection';
import { ClientOptions, Transport } from './Transport';

const PLATFORM_NAMESPACE = 'krate-system';

/** Where objects are: an organization by its name, or any namespace. Kinds of the platform need neither. */
export type Place = { organization: string } | { namespace: string };

/** A Krate server, as one caller sees it. Works in Node and in browsers. */
export class KrateClient {
  /** The requests below everything here, for routes that have no method. */
  readonly transport: Transport;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
  }

  /** Objects of a kind, typed by its declaration. */
  resources<K extends Kind>(
    kind: K,
    place?: Place,
    options: { fieldManager?: string } = {},
  ): ResourceCollection<K> {
    const namespace = kind.platform ? PLATFORM_NAMESPACE : namespaceOf(place);
    return new ResourceCollection(this.transport, kind, namespace, options.fieldManager);
  }

  /** Calls an operation of the REST facade by its id; input and answer are typed from the OpenAPI document. */
  call<Id extends OperationId>(id: Id, input: OperationInput<Id>): Promise<OperationOutput<Id>> {
    const [method, template] = operationTable[id];
    const { path = {}, query = {}, body } = input as Loose;
    const filled = template.replace(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(String(path[name])),
    );
    const parameters = new URLSearchParams(
      Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)]),
    ).toString();
    const target = parameters ? `${filled}?${parameters}` : filled;
    return body === undefined
      ? this.transport.json(target, { method })
      : this.transport.send(method, target, body);
  }

  /**
   * What happens in an organization, until the signal aborts; it resumes by itself after a break. An event may come twice, none
   * is lost; one of type `reset` says that it was away for too long.
   */
  events(
    organization: string,
    options: { kinds?: readonly string[]; lastEventId?: string; signal?: AbortSignal } = {},
  ): AsyncGenerator<OrganizationEvent, void, undefined> {
    const query = options.kinds ? `?kinds=${encodeURIComponent(options.kinds.join(','))}` : '';
    const path = `/api/orgs/${encodeURIComponent(organization)}/events/stream${query}`;
    return followEvents(
      lastEventId =>
        this.transport.request(path, {
          signal: options.signal,
          headers: lastEventId ? { 'last-event-id': lastEventId } : {},
        }),
      options,
    );
  }
}

interface Loose {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

function namespaceOf(place: Place | undefined): string | undefined {
  if (!place) return undefined;
  return 'namespace' in place ? place.namespace : `krate-org-${place.organization}`;
}
