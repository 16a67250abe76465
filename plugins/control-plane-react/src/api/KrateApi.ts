import { createApiRef, DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ApiError, Kind, ResourceOf, Route, Status } from '@krate/resource-model';
import { z } from 'zod';
import { LiveConnection } from './LiveConnection';

/** How an object is deleted. */
export interface DeleteOptions {
  /** What becomes of the objects it owns: deleted after it, before it, or left alone. Default Background. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

/** What a route of the facade is called with; `params` fill the braces of its path. */
export interface RouteCall<R extends Route> {
  params: Record<string, string>;
  body?: z.input<NonNullable<R['body']>>;
  signal?: AbortSignal;
}

/** What a route of the facade answers with. */
export type RouteResult<R extends Route> = z.output<R['answers'][keyof R['answers'] & number]['body']>;

/** The resource API as screens use it, always as the signed-in person. */
export interface KrateApi {
  live: LiveConnection;
  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Promise<ResourceOf<K>>;
  list<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    query?: { fieldSelector?: string; labelSelector?: string },
  ): Promise<ResourceOf<K>[]>;
  create<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    object: Record<string, unknown>,
    dryRun?: boolean,
  ): Promise<ResourceOf<K>>;
  /** JSON merge patch: `null` removes a field. */
  patch<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
    patch: Record<string, unknown>,
  ): Promise<ResourceOf<K>>;
  /** Replaces the object; Conflict when it moved since it was read. */
  update<K extends Kind>(kind: K, object: ResourceOf<K>, dryRun?: boolean): Promise<ResourceOf<K>>;
  delete(
    kind: Pick<Kind, 'group' | 'version' | 'plural' | 'clusterScoped'>,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): Promise<void>;
  /** Whether the person may: what a disabled button asks before it is drawn. */
  can(
    verb: string,
    kind: Pick<Kind, 'group' | 'plural'>,
    namespace: string | undefined,
    name?: string,
  ): Promise<{ allowed: boolean; reason: string }>;
  /** A route of the REST facade, typed by its declaration. */
  call<R extends Route>(route: R, input: RouteCall<R>): Promise<RouteResult<R>>;
  /** Any other route below `/api/krate/`. Refusals are {@link ApiError}s. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

export const krateApiRef = createApiRef<KrateApi>({ id: 'plugin.krate.api' });

/** Path of a kind's collection, or of one object, below `/api/krate/`. */
export function pathOf(
  kind: Pick<Kind, 'group' | 'version' | 'plural' | 'clusterScoped'>,
  namespace: string | undefined,
  name?: string,
): string {
  const group = kind.group ? `apis/${kind.group}/${kind.version}` : `api/${kind.version}`;
  const scope = namespace && !kind.clusterScoped ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${group}${scope}/${kind.plural}${name ? `/${encodeURIComponent(name)}` : ''}`;
}

const FIELD_MANAGER = 'fieldManager=krate-portal&fieldValidation=Strict';

export class DefaultKrateApi implements KrateApi {
  readonly live: LiveConnection;

  constructor(private readonly apis: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.live = new LiveConnection(
      () => apis.discoveryApi.getBaseUrl('krate'),
      (input, init) => apis.fetchApi.fetch(input as string, init),
    );
  }

  async request(path: string, init?: RequestInit): Promise<Response> {
    return this.fetch(`${await this.apis.discoveryApi.getBaseUrl('krate')}/${path}`, init);
  }

  async call<R extends Route>(route: R, { params, body, signal }: RouteCall<R>): Promise<RouteResult<R>> {
    const root = (await this.apis.discoveryApi.getBaseUrl('krate')).replace(/\/api\/krate$/, '');
    const path = route.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
    const response = await this.fetch(`${root}${path}`, {
      method: route.method,
      signal,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return response.json();
  }

  private async fetch(url: string, init?: RequestInit): Promise<Response> {
    const response = await this.apis.fetchApi.fetch(url, init);
    if (response.ok) return response;
    throw await refusalOf(response);
  }

  async get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Promise<ResourceOf<K>> {
    return (await this.request(pathOf(kind, namespace, name))).json();
  }

  async list<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    query: Record<string, string> = {},
  ): Promise<ResourceOf<K>[]> {
    const parameters = new URLSearchParams(query).toString();
    const response = await this.request(`${pathOf(kind, namespace)}${parameters ? `?${parameters}` : ''}`);
    return (await response.json()).items;
  }

  async create<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    object: Record<string, unknown>,
    dryRun = false,
  ): Promise<ResourceOf<K>> {
    return this.write(`${pathOf(kind, namespace)}?${FIELD_MANAGER}${dryRun ? '&dryRun=All' : ''}`, 'POST', {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      ...object,
    });
  }

  async patch<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
    patch: Record<string, unknown>,
  ): Promise<ResourceOf<K>> {
    return this.write(
      `${pathOf(kind, namespace, name)}?${FIELD_MANAGER}`,
      'PATCH',
      patch,
      'application/merge-patch+json',
    );
  }

  async update<K extends Kind>(kind: K, object: ResourceOf<K>, dryRun = false): Promise<ResourceOf<K>> {
    const { namespace, name } = object.metadata;
    return this.write(
      `${pathOf(kind, namespace, name)}?${FIELD_MANAGER}${dryRun ? '&dryRun=All' : ''}`,
      'PUT',
      object,
    );
  }

  async delete(
    kind: Parameters<KrateApi['delete']>[0],
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): Promise<void> {
    await this.request(pathOf(kind, namespace, name), {
      method: 'DELETE',
      ...(options && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', ...options }),
      }),
    });
  }

  async can(
    verb: string,
    kind: Pick<Kind, 'group' | 'plural'>,
    namespace: string | undefined,
    name?: string,
  ) {
    const review = await this.write('apis/authorization.k8s.io/v1/selfsubjectaccessreviews', 'POST', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, group: kind.group, resource: kind.plural, namespace, name } },
    });
    return { allowed: Boolean(review.status?.allowed), reason: review.status?.reason ?? '' };
  }

  private async write(
    path: string,
    method: string,
    body: unknown,
    contentType = 'application/json',
  ): Promise<any> {
    const response = await this.request(path, {
      method,
      headers: { 'content-type': contentType },
      body: JSON.stringify(body),
    });
    return response.json();
  }
}

async function refusalOf(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    if (body.kind === 'Status') return ApiError.fromStatus(body as Status);
    if (body.error?.message) return new Error(body.error.message);
  } catch {
    // Not JSON; the status line is all there is.
  }
  return new Error(`The server answered ${response.status} ${response.statusText}`);
}
