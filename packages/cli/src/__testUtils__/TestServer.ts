import { EventEmitter } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ApiObject } from '../ApiClient';

interface ServedKind {
  name: string;
  singularName: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  verbs: string[];
  krate?: { area: string; platform?: boolean; controllers: string[] };
}

/** One request as it came. */
interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType?: string;
  body: any;
}

interface TestStream {
  text: string;
  sealed: boolean;
}

type Refusal = {
  code: number;
  reason: string;
  message: string;
  causes?: { field: string; message: string }[];
};

const KINDS = ['get', 'list', 'watch', 'create', 'patch', 'delete'];
const served = (kind: string, name: string, more: Partial<ServedKind> = {}): ServedKind => {
  return { name, singularName: kind.toLowerCase(), kind, namespaced: true, verbs: KINDS, ...more };
};
const GROUPS: Record<string, ServedKind[]> = {
  'apis/krate.a5c.ai/v1alpha1': [
    served('Organization', 'organizations', {
      shortNames: ['org'],
      krate: { area: 'control-plane', platform: true, controllers: ['organization'] },
    }),
    served('PolicyBinding', 'policybindings', { krate: { area: 'policy', controllers: [] } }),
    served('Repository', 'repositories', { shortNames: ['repo', 'repos'] }),
    served('PullRequest', 'pullrequests', { shortNames: ['pr'] }),
    served('Issue', 'issues'),
    served('WebhookSubscription', 'webhooksubscriptions'),
    served('WebhookDelivery', 'webhookdeliveries'),
    served('AgentDispatchRun', 'agentdispatchruns', { shortNames: ['run'] }),
    served('AgentApproval', 'agentapprovals', { shortNames: ['approval', 'approvals'] }),
    served('Job', 'jobs'),
    { ...served('Repository', 'repositories/status'), singularName: '' },
  ],
  'api/v1': [served('Namespace', 'namespaces', { namespaced: false }), served('Event', 'events')],
};

/** Answers as a Krate server does, from memory, and shows what it was asked. Speaks the shapes of the API; decides nothing. */
export class TestServer {
  readonly requests: SeenRequest[] = [];
  readonly streams = new Map<string, TestStream>();
  /** Refuses the requests that it names. */
  refuse: (request: SeenRequest) => Refusal | undefined = () => undefined;
  private readonly objects = new Map<string, ApiObject>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private revision = 0;

  static async start(): Promise<TestServer> {
    const made = new TestServer();
    await new Promise<void>(resolve => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** As a server that is restarted: everything open breaks off. */
  breakConnections(): void {
    this.server.closeAllConnections();
  }

  /** Stores an object and tells those who watch. */
  put(kind: string, namespace: string, name: string, fields: Partial<ApiObject> = {}): ApiObject {
    const plural = Object.values(GROUPS)
      .flat()
      .find(each => each.kind === kind)!.name;
    const key = `${plural}/${namespace}/${name}`;
    const before = this.objects.get(key);
    const generation = Number(before?.metadata.generation ?? 0) + (fields.spec ? 1 : 0);
    const object = {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind,
      ...before,
      ...fields,
      metadata: {
        uid: `uid-${name}`,
        ...before?.metadata,
        ...fields.metadata,
        ...{ name, namespace, generation, resourceVersion: String(++this.revision) },
      },
    };
    this.objects.set(key, object);
    this.changes.emit('object', before ? 'MODIFIED' : 'ADDED', plural, object);
    return object;
  }

  get(plural: string, namespace: string, name: string): ApiObject | undefined {
    return this.objects.get(`${plural}/${namespace}/${name}`);
  }

  remove(plural: string, namespace: string, name: string): void {
    const key = `${plural}/${namespace}/${name}`;
    const object = this.objects.get(key);
    this.objects.delete(key);
    this.changes.emit('object', 'DELETED', plural, object);
  }

  /** Adds to a stream, and seals it when told so. */
  write(path: string, text: string, sealed = false): void {
    const stream = this.streams.get(path);
    this.streams.set(path, { text: `${stream?.text ?? ''}${text}`, sealed });
    this.changes.emit('stream', path);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const seen: SeenRequest = {
      method: request.method!,
      path: url.pathname.replace(/^\/api\/krate\//, ''),
      query: url.searchParams,
      contentType: request.headers['content-type'],
      body: text && JSON.parse(text),
    };
    this.requests.push(seen);
    const isOpen = ['version', 'login'].includes(seen.path);
    if (!isOpen && request.headers.authorization !== 'Bearer good') {
      send(response, 401, { message: 'Unauthorized' });
      return;
    }
    const refusal = this.refuse(seen);
    if (refusal) {
      const { code, reason, message, causes } = refusal;
      send(response, code, { kind: 'Status', status: 'Failure', code, reason, message, details: { causes } });
    } else if (seen.path.startsWith('streams/')) this.answerStream(seen, response);
    else if (GROUPS[seen.path]) send(response, 200, { resources: GROUPS[seen.path] });
    else if (seen.path.startsWith('api')) this.answerObjects(seen, request, response);
    else this.answerRoute(seen, response);
  }

  /** What `krate audit verify` is answered. */
  verification: object = { ok: true, events: 3, head: '3:abc', unchained: 0 };

  /** What `krate token list` is answered. */
  readonly tokens = [
    { id: 't1', purpose: 'access', description: 'laptop', current: true, expiresAt: '2027-01-01T00:00:00Z' },
    { id: 't2', purpose: 'access', description: 'backup', readOnly: true, organizations: ['acme'] },
  ];

  private answerRoute({ path, body }: SeenRequest, response: ServerResponse): void {
    const routes: Record<string, () => void> = {
      version: () => send(response, 200, { gitVersion: 'v1.2.3+krate' }),
      login: () =>
        body.token === 'once'
          ? send(response, 200, { token: 'good', user: 'ada' })
          : send(response, 401, { message: 'The sign-in link was used already' }),
      whoami: () =>
        send(response, 200, {
          ...{ type: 'user', name: 'ada', user: 'ada' },
          organizations: [{ organization: 'acme' }, { organization: 'globex' }],
        }),
      tokens: () =>
        body
          ? send(response, 201, {
              id: 't3',
              token: `for-${body.user}-${body.purpose}`,
              expiresAt: '2027-01-31T00:00:00Z',
            })
          : send(response, 200, { items: this.tokens }),
      audit: () =>
        send(response, 200, {
          items: [
            {
              id: 1,
              time: '2026-11-20T10:00:00.000Z',
              principal: 'ada',
              action: 'create',
              outcome: 'allowed',
              resource: 'Team/krate-org-acme/crew',
            },
          ],
        }),
      'audit/verify': () => send(response, 200, this.verification),
      'tokens/t1': () => send(response, 200, {}),
      kubeconfig: () =>
        response.end(
          'contexts:\n- name: krate-acme\n  context: { namespace: krate-org-acme }\n- name: krate-globex\n  context: { namespace: krate-org-globex }\ncurrent-context: krate-acme\n',
        ),
    };
    if (routes[path]) routes[path]();
    else send(response, 404, { message: 'the server could not find the requested resource' });
  }

  private answerObjects(seen: SeenRequest, request: IncomingMessage, response: ServerResponse): void {
    const match = /^(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(
      seen.path,
    );
    const [, namespace = '', plural, name] = match!;
    const stored = name ? this.get(plural, namespace, name) : undefined;
    const kind = Object.values(GROUPS)
      .flat()
      .find(each => each.name === plural)!.kind;
    if (seen.method === 'POST') {
      const made = seen.body.metadata.name ?? `${seen.body.metadata.generateName}x1`;
      send(response, 201, this.put(kind, namespace, made, seen.body));
    } else if (seen.method === 'PATCH' && seen.contentType?.includes('apply')) {
      send(response, 200, this.put(kind, namespace, name, seen.body));
    } else if (!name) this.answerList(seen, { namespace, plural }, request, response);
    else if (!stored)
      send(response, 404, { message: `${plural}.krate.a5c.ai "${name}" not found`, reason: 'NotFound' });
    else if (seen.method === 'PATCH') {
      send(response, 200, this.put(kind, namespace, name, { spec: { ...stored.spec, ...seen.body.spec } }));
    } else {
      if (seen.method === 'DELETE') this.remove(plural, namespace, name);
      send(response, 200, stored);
    }
  }

  private answerList(
    { query }: SeenRequest,
    { namespace, plural }: { namespace: string; plural: string },
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const named = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
    const matches = ({ metadata }: ApiObject) =>
      (metadata.namespace ?? '') === namespace && (named === undefined || metadata.name === named);
    const items = [...this.objects]
      .filter(([key, object]) => key.startsWith(`${plural}/`) && matches(object))
      .map(([, object]) => object);
    if (query.has('watch')) {
      const tell = (type: string, object: ApiObject) =>
        response.write(`${JSON.stringify({ type, object })}\n`);
      response.flushHeaders();
      items.forEach(object => tell('ADDED', object));
      const listener = (type: string, where: string, object: ApiObject) => {
        if (where === plural && matches(object)) tell(type, object);
      };
      this.changes.on('object', listener);
      response.on('close', () => this.changes.off('object', listener));
    } else if (headers.accept?.includes('as=Table')) {
      send(response, 200, {
        columnDefinitions: [{ name: 'Name' }, { name: 'Topics' }, { name: 'Wide', priority: 1 }],
        rows: items.map(({ metadata, spec }) => ({ cells: [metadata.name, spec?.topics, 'wide'] })),
      });
    } else send(response, 200, { items });
  }

  private answerStream({ path, query }: SeenRequest, response: ServerResponse): void {
    const name = path.slice('streams/'.length);
    const stream = () => this.streams.get(name)!;
    if (!stream()) {
      send(response, 404, { message: 'The object has no stream' });
      return;
    }
    let sent = Number(query.get('offset') ?? 0);
    const length = () => Buffer.byteLength(stream().text);
    response.writeHead(200, {
      'x-krate-stream-length': String(length()),
      'x-krate-stream-sealed': String(stream().sealed),
    });
    const pump = () => {
      response.write(Buffer.from(stream().text).subarray(sent));
      sent = length();
      if (stream().sealed || !query.has('follow')) response.end();
    };
    const listener = (written: string) => written === name && pump();
    this.changes.on('stream', listener);
    response.on('close', () => this.changes.off('stream', listener));
    pump();
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
