import { KrateApi } from '@krate/plugin-control-plane-react';
import { ApiError, Kind, openApiV3Of, Resource, Status } from '@krate/resource-model';

type Subscription = Parameters<KrateApi['live']['subscribe']>[0];
type Handler = (body: any, path: string) => unknown;

/**
 * The server as screens see it, in memory: real OpenAPI documents of given kinds, a few objects, and answers that a test gives.
 * It checks nothing by itself.
 */
export class FakeServer {
  readonly objects: Resource[];
  /** Every write, in order. */
  readonly writes: { method: string; path: string; body: any }[] = [];
  /** What the reader may not: `verb` or `verb name`. */
  readonly denied = new Set<string>();
  private readonly handlers: [pattern: RegExp, handler: Handler][] = [];
  private readonly subscriptions = new Set<Subscription>();

  constructor(
    private readonly kinds: readonly Kind[],
    objects: readonly Resource[] = [],
  ) {
    this.objects = [...objects];
  }

  /** Answers requests whose `METHOD path` fits; a thrown ApiError is a refusal. */
  on(pattern: RegExp, handler: Handler): void {
    this.handlers.unshift([pattern, handler]);
  }

  /** Somebody else changed an object, or made it. */
  put(object: Resource): void {
    const at = this.objects.findIndex(({ metadata }) => metadata.uid === object.metadata.uid);
    if (at < 0) this.objects.push(object);
    else this.objects[at] = object;
    this.tell(at < 0 ? 'ADDED' : 'MODIFIED', object);
  }

  remove(object: Resource): void {
    this.objects.splice(this.objects.indexOf(object), 1);
    this.tell('DELETED', object);
  }

  readonly api = {
    live: {
      state: 'live',
      onState: () => () => {},
      subscribe: (subscription: Subscription) => {
        this.subscriptions.add(subscription);
        queueMicrotask(() => {
          const asked = subscription.request();
          const fresh = 'resource' in asked && asked.resourceVersion === undefined;
          if (fresh)
            this.objects
              .filter(object => this.fits(subscription, object))
              .forEach(object => subscription.receive({ type: 'ADDED', object }));
          subscription.receive({ type: 'SYNCED' });
        });
        return () => this.subscriptions.delete(subscription);
      },
    },
    can: async (verb: string, _kind: unknown, _namespace: unknown, name?: string) => {
      const denied = this.denied.has(verb) || this.denied.has(`${verb} ${name}`);
      return { allowed: !denied, reason: denied ? 'it needs the role maintainer' : '' };
    },
    request: async (path: string, init: RequestInit = {}) =>
      this.answer(init.method ?? 'GET', path, init.body),
    delete: async (kind: Kind, namespace: string, name: string, options?: unknown) => {
      await this.answer('DELETE', `${kind.plural}/${namespace}/${name}`, JSON.stringify(options ?? {}));
    },
    get: async (_kind: unknown, _namespace: unknown, name: string) =>
      this.objects.find(({ metadata }) => metadata.name === name),
  } as unknown as KrateApi;

  private async answer(method: string, path: string, text: unknown): Promise<Response> {
    const body = typeof text === 'string' ? JSON.parse(text) : undefined;
    if (method !== 'GET') this.writes.push({ method, path, body });
    const given = this.handlers.find(([pattern]) => pattern.test(`${method} ${path}`));
    try {
      return Response.json(given ? await given[1](body, path) : this.read(path));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw ApiError.fromStatus(JSON.parse(JSON.stringify(error.toStatus())) as Status);
    }
  }

  private read(path: string): unknown {
    const groupVersions = [...new Set(this.kinds.map(({ apiVersion }) => apiVersion))];
    const pathOf = (version: string) => (version.includes('/') ? `apis/${version}` : `api/${version}`);
    if (path === 'openapi/v3') {
      const url = (version: string) => ({ serverRelativeURL: `/openapi/v3/${pathOf(version)}?hash=1` });
      return { paths: Object.fromEntries(groupVersions.map(version => [pathOf(version), url(version)])) };
    }
    const document = groupVersions.find(version => path.startsWith(`openapi/v3/${pathOf(version)}?`));
    if (document) return openApiV3Of(this.kinds, document, () => []);
    if (path === 'whoami') return { name: 'ada', organizations: [] };
    if (path.startsWith('counts')) return { items: this.kinds.map(kind => this.countOf(kind)) };
    const [, plural] = /\/([a-z]+)(?:\?|$)/.exec(path) ?? [];
    const kind = this.kinds.find(candidate => candidate.plural === plural);
    const items = this.objects.filter(object => object.kind === kind?.kind);
    return { metadata: { resourceVersion: '1' }, items };
  }

  private countOf({ resource, kind }: Kind) {
    return { resource, count: this.objects.filter(object => object.kind === kind).length };
  }

  private tell(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: Resource): void {
    this.subscriptions.forEach(
      subscription => this.fits(subscription, object) && subscription.receive({ type, object }),
    );
  }

  private fits(subscription: Subscription, { kind, metadata }: Resource): boolean {
    const asked = subscription.request();
    if (!('resource' in asked)) return false;
    const plural = this.kinds.find(candidate => candidate.kind === kind)?.plural;
    return asked.resource === plural && (asked.name === undefined || asked.name === metadata.name);
  }
}
