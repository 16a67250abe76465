import { setTimeout as delay } from 'node:timers/promises';
import { KrateError, NoAnswerError as Unanswered, Transport } from '@krate/client';
import { CliError, EXIT } from './CliError';
import { Configuration } from './Configuration';

/** An object as it is on the wire. The command knows no kinds of its own, so the payload is whatever the server serves. */
export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    [key: string]: unknown;
  };
  spec?: any;
  status?: any;
  [key: string]: unknown;
}

interface ApiResource {
  name: string;
  singularName: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  verbs: string[];
  /** What a Krate server says of its kinds beyond Kubernetes. */
  krate?: {
    area: string;
    /** Objects live in the platform's namespace. */
    platform?: boolean;
    /** The reconcilers of the kind; absent when the server does not say. */
    controllers?: string[];
  };
}

export interface ResolvedResource {
  /** Path of the group-version, for example `apis/krate.a5c.ai/v1alpha1`. */
  groupPath: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  /** Objects live in the platform's namespace. */
  platform: boolean;
  /** No reconciler is installed for the kind: its objects get no status. */
  unattended: boolean;
}

const GROUP_PATHS = ['apis/krate.a5c.ai/v1alpha1', 'api/v1'];
/** How long a stream that was being read may go without an answer before the command gives up (a restart takes less). */
const RECONNECT_MS = 60_000;
const EXIT_BY_STATUS: Record<number, number> = {
  401: EXIT.denied,
  403: EXIT.denied,
  404: EXIT.notFound,
  409: EXIT.conflict,
};

/** Nothing answered, or only something that says the server is not there yet: worth another try while it restarts. */
export class NoAnswerError extends CliError {
  override name = 'NoAnswerError';
}

/** Speaks to a Krate server as the signed-in person. Refusals become {@link CliError}s with the server's own words. */
export class ApiClient {
  private discovered?: Promise<(ApiResource & { groupPath: string })[]>;

  private readonly transport: Transport;

  constructor({ server, token }: Pick<Configuration, 'server' | 'token'>) {
    this.transport = new Transport({ server, token });
  }

  /** Any route below `/api/krate/`; throws unless the answer is a success. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.request(`/api/krate/${path}`, init);
  }

  /** Any route from the root of the server; throws unless the answer is a success. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await this.transport.request(path, init);
    } catch (error) {
      if (error instanceof Unanswered) throw new NoAnswerError(`${error.message}. Is Krate running?`);
      if (!(error instanceof KrateError)) throw error;
      if (error.status === 502 || error.status === 503) throw new NoAnswerError(wordsOf(error));
      throw new CliError(wordsOf(error), EXIT_BY_STATUS[error.status] ?? EXIT.failed);
    }
  }

  async json<T = any>(path: string, init?: RequestInit): Promise<T> {
    return (await this.fetch(path, init)).json() as Promise<T>;
  }

  post<T = any>(path: string, body: unknown): Promise<T> {
    return this.json<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Finds a resource by kind, plural, singular or short name, in any case. */
  async resource(name: string): Promise<ResolvedResource> {
    this.discovered ??= this.discover();
    const wanted = name.toLowerCase();
    const found = (await this.discovered).find(resource =>
      [
        resource.name,
        resource.singularName,
        resource.kind.toLowerCase(),
        ...(resource.shortNames ?? []),
      ].includes(wanted),
    );
    if (!found)
      throw new CliError(`The server has no kind "${name}"; \`krate kinds\` lists what it has.`, EXIT.usage);
    const { groupPath, name: plural, kind, namespaced, krate } = found;
    return {
      groupPath,
      plural,
      kind,
      namespaced,
      platform: Boolean(krate?.platform),
      unattended: isUnattended(found),
    };
  }

  /** Every kind that can be listed. */
  async resources(): Promise<(ApiResource & { groupPath: string })[]> {
    this.discovered ??= this.discover();
    return this.discovered;
  }

  private async discover() {
    const lists = await Promise.all(GROUP_PATHS.map(path => this.json<{ resources: ApiResource[] }>(path)));
    return lists.flatMap((list, index) =>
      list.resources
        .filter(resource => !resource.name.includes('/') && resource.verbs.includes('list'))
        .map(resource => ({ ...resource, groupPath: GROUP_PATHS[index] })),
    );
  }

  async get(kind: string, namespace: string, name: string): Promise<ApiObject> {
    return this.json(await this.path(kind, namespace, name));
  }

  async list(kind: string, namespace: string, query: Record<string, string> = {}): Promise<ApiObject[]> {
    const parameters = new URLSearchParams(query).toString();
    const { items } = await this.json<{ items: ApiObject[] }>(
      `${await this.path(kind, namespace)}${parameters ? `?${parameters}` : ''}`,
    );
    return items;
  }

  async create(
    object: Pick<ApiObject, 'apiVersion' | 'kind' | 'spec'> & { metadata: Record<string, unknown> },
  ): Promise<ApiObject> {
    const namespace = object.metadata.namespace as string;
    return this.post(
      `${await this.path(object.kind, namespace)}?fieldManager=krate&fieldValidation=Strict`,
      object,
    );
  }

  /** Server-side apply under the manager `krate`; takes over fields from itself only. */
  async apply(object: ApiObject, options: { force: boolean; dryRun: boolean }): Promise<ApiObject> {
    const query = new URLSearchParams({
      fieldManager: 'krate',
      force: String(options.force),
      fieldValidation: 'Strict',
      ...(options.dryRun ? { dryRun: 'All' } : {}),
    });
    return this.json(
      `${await this.path(object.kind, object.metadata.namespace ?? '', object.metadata.name)}?${query}`,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: JSON.stringify(object),
      },
    );
  }

  async patch(kind: string, namespace: string, name: string, patch: unknown): Promise<ApiObject> {
    return this.json(`${await this.path(kind, namespace, name)}?fieldManager=krate`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(patch),
    });
  }

  /** The answer is the object that is going, or a Status when it is gone. */
  async delete(kind: string, namespace: string, name: string): Promise<ApiObject> {
    return this.json(await this.path(kind, namespace, name), { method: 'DELETE' });
  }

  /**
   * The object now and after every change, until the consumer stops or the signal aborts. Goes on after the server ended
   * the watch or was restarted.
   *
   * @throws CliError when the object is deleted, the server refuses, or it stays silent for a minute
   */
  async *watch(
    kind: string,
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): AsyncGenerator<ApiObject> {
    const query = new URLSearchParams({ watch: 'true', fieldSelector: `metadata.name=${name}` });
    const path = `${await this.path(kind, namespace)}?${query}`;
    const lines = persistently(
      () => this.fetch(path, { signal }),
      () => false,
      signal,
    );
    for await (const line of lines) {
      const { type, object } = JSON.parse(line.toString()) as { type: string; object: ApiObject };
      if (type === 'DELETED') throw new CliError(`${kind} ${name} was deleted`, EXIT.notFound);
      if (type === 'ADDED' || type === 'MODIFIED') yield object;
    }
  }

  /**
   * Lines of an object's stream, oldest first. With `follow` it goes on, over restarts of the server, until the stream is
   * sealed; `path` is `<resource>/<namespace>/<name>/<stream>`.
   */
  async *stream(path: string, { follow }: { follow: boolean }): AsyncGenerator<string> {
    let offset = 0;
    const open = () => this.fetch(`streams/${path}?offset=${offset}${follow ? '&follow=1' : ''}`);
    if (!follow) {
      for await (const line of linesOf(await open())) yield line.toString();
      return;
    }
    const isOver = async (rest: Buffer) => {
      const { headers } = await this.fetch(`streams/${path}?offset=${offset}`);
      const length = Number(headers.get('x-krate-stream-length'));
      return headers.get('x-krate-stream-sealed') === 'true' && length <= offset + rest.length;
    };
    for await (const line of persistently(open, isOver)) {
      offset += line.length + 1;
      yield line.toString();
    }
  }

  /** The route of a kind's objects, or of one; a namespace is left out for kinds that are in none. */
  async path(kind: string, namespace: string, name?: string): Promise<string> {
    const { groupPath, plural, namespaced } = await this.resource(kind);
    const scope = namespaced && namespace ? `namespaces/${encodeURIComponent(namespace)}/` : '';
    return `${groupPath}/${scope}${plural}${name ? `/${encodeURIComponent(name)}` : ''}`;
  }
}

/** Core kinds are the server's own to act on, and a server that does not say is not guessed about. */
export function isUnattended({
  groupPath,
  krate,
}: Pick<ApiResource, 'krate'> & { groupPath: string }): boolean {
  return groupPath !== 'api/v1' && krate?.controllers?.length === 0;
}

/**
 * Lines of answers that are opened again whenever they end, until `isOver` says that nothing more will come. What an answer has
 * after its last line end is asked for again with the next, or is the last line.
 */
async function* persistently(
  open: () => Promise<Response>,
  isOver: (rest: Buffer) => boolean | Promise<boolean>,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  let heardAt: number | undefined;
  for (;;) {
    try {
      const response = await open();
      heardAt = Date.now();
      let rest: Buffer = Buffer.alloc(0);
      for await (const line of linesOf(response, cutOff => (rest = cutOff))) {
        heardAt = Date.now();
        yield line;
      }
      if (await isOver(rest)) {
        if (rest.length > 0) yield rest;
        return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      // Broken off in the middle of an answer, fetch says no more than TypeError.
      const mayReturn = error instanceof NoAnswerError || error instanceof TypeError;
      if (!mayReturn || heardAt === undefined || Date.now() - heardAt > RECONNECT_MS) throw error;
    }
    await delay(500, undefined, { signal });
  }
}

/** Lines of a streamed answer as they arrive, without their ends. The last one, if it has none, is a line too unless `cutOff` takes it. */
async function* linesOf(response: Response, cutOff?: (rest: Buffer) => void): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end)]);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (cutOff) cutOff(rest);
  else if (rest.length > 0) yield rest;
}

/** What the server says, and of its reasons those that it has not said in the message. */
function wordsOf({ message, reasons }: KrateError): string {
  const unsaid = reasons.filter(reason => !message.includes(reason.message));
  return [message, ...unsaid.map(({ field, message: why }) => `  ${field ? `${field}: ` : ''}${why}`)].join(
    '\n',
  );
}
