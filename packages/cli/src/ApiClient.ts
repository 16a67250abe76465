import { CliError, EXIT } from './CliError';
import { Configuration } from './Configuration';

export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; uid?: string; resourceVersion?: string; [key: string]: unknown };
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
}

export interface ResolvedResource {
  /** Path of the group-version, for example `apis/krate.a5c.ai/v1alpha1`. */
  groupPath: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

const GROUP_PATHS = ['apis/krate.a5c.ai/v1alpha1', 'api/v1'];
const EXIT_BY_STATUS: Record<number, number> = {
  401: EXIT.denied,
  403: EXIT.denied,
  404: EXIT.notFound,
  409: EXIT.conflict,
};

/** Speaks to a Krate server as the signed-in person. Refusals become {@link CliError}s with the server's own words. */
export class ApiClient {
  private discovered?: Promise<(ApiResource & { groupPath: string })[]>;

  constructor(private readonly configuration: Pick<Configuration, 'server' | 'token'>) {}

  /** Any route below `/api/krate/`; throws unless the answer is a success. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const url = `${this.configuration.server}/api/krate/${path}`;
    let response: Response;
    try {
      response = await fetch(url, {
        ...init,
        headers: {
          ...(this.configuration.token ? { authorization: `Bearer ${this.configuration.token}` } : {}),
          ...init.headers,
        },
      });
    } catch (error) {
      const { cause } = error as { cause?: Error };
      throw new CliError(`No answer from ${this.configuration.server}: ${cause?.message ?? error}. Is Krate running?`);
    }
    if (response.ok) return response;
    throw new CliError(await refusalOf(response), EXIT_BY_STATUS[response.status] ?? EXIT.failed);
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
      [resource.name, resource.singularName, resource.kind.toLowerCase(), ...(resource.shortNames ?? [])].includes(wanted),
    );
    if (!found) throw new CliError(`The server has no kind "${name}"; \`krate kinds\` lists what it has.`, EXIT.usage);
    return { groupPath: found.groupPath, plural: found.name, kind: found.kind, namespaced: found.namespaced };
  }

  async resources(): Promise<ApiResource[]> {
    this.discovered ??= this.discover();
    return this.discovered;
  }

  private async discover() {
    const lists = await Promise.all(GROUP_PATHS.map(path => this.json<{ resources: ApiResource[] }>(path)));
    return lists.flatMap((list, index) =>
      list.resources
        .filter(resource => !resource.name.includes('/'))
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

  async create(object: Pick<ApiObject, 'apiVersion' | 'kind' | 'spec'> & { metadata: Record<string, unknown> }): Promise<ApiObject> {
    const namespace = object.metadata.namespace as string;
    return this.post(`${await this.path(object.kind, namespace)}?fieldManager=krate&fieldValidation=Strict`, object);
  }

  /** Server-side apply under the manager `krate`; takes over fields from itself only. */
  async apply(object: ApiObject, options: { force: boolean; dryRun: boolean }): Promise<ApiObject> {
    const query = new URLSearchParams({
      fieldManager: 'krate',
      force: String(options.force),
      fieldValidation: 'Strict',
      ...(options.dryRun ? { dryRun: 'All' } : {}),
    });
    return this.json(`${await this.path(object.kind, object.metadata.namespace ?? '', object.metadata.name)}?${query}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: JSON.stringify(object),
    });
  }

  async patch(kind: string, namespace: string, name: string, patch: unknown): Promise<ApiObject> {
    return this.json(`${await this.path(kind, namespace, name)}?fieldManager=krate`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(patch),
    });
  }

  async delete(kind: string, namespace: string, name: string): Promise<void> {
    await this.fetch(await this.path(kind, namespace, name), { method: 'DELETE' });
  }

  /** The object now and after every change, until the consumer stops or the signal aborts. */
  async *watch(kind: string, namespace: string, name: string, signal: AbortSignal): AsyncGenerator<ApiObject> {
    const query = new URLSearchParams({ watch: 'true', fieldSelector: `metadata.name=${name}` });
    const response = await this.fetch(`${await this.path(kind, namespace)}?${query}`, { signal });
    for await (const line of linesOf(response)) {
      const event = JSON.parse(line) as { type: string; object: ApiObject };
      if (event.type === 'ADDED' || event.type === 'MODIFIED') yield event.object;
      if (event.type === 'ERROR') throw new CliError((event.object as any).message ?? 'The watch ended');
    }
  }

  private async path(kind: string, namespace: string, name?: string): Promise<string> {
    const { groupPath, plural, namespaced } = await this.resource(kind);
    const scope = namespaced && namespace ? `namespaces/${encodeURIComponent(namespace)}/` : '';
    return `${groupPath}/${scope}${plural}${name ? `/${encodeURIComponent(name)}` : ''}`;
  }
}

/** Lines of a streamed answer as they arrive. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    yield* lines.filter(Boolean);
  }
  if (rest) yield rest;
}

async function refusalOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    const causes = (body.details?.causes ?? []).map((cause: any) => `\n  ${cause.field ? `${cause.field}: ` : ''}${cause.message}`);
    const message = body.message ?? body.error?.message;
    if (message) return `${message}${message.includes(causes[0]?.trim()) ? '' : causes.join('')}`;
  } catch {
    // Not JSON: the status line says more than a page of HTML would.
  }
  return `The server answered ${response.status} ${response.statusText}`;
}
