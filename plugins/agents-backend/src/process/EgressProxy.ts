import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import net from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import type { Resolver } from '@krate/plugin-control-plane-node';
import { EgressPolicy, type EgressReason, type EgressRule, type EgressVerdict } from './EgressPolicy';

/** One thing a run asked for, and the answer. */
export interface EgressDecision {
  at: Date;
  /** `model`: the model route; `connect`: a tunnel; `http`: a plain request through the proxy; `other`: anything else. */
  kind: 'model' | 'connect' | 'http' | 'other';
  /** `host:port` or the path; never a query, which may hold secrets. */
  target: string;
  allowed: boolean;
  reason: EgressReason;
  /** The resolved address, where one was looked at. */
  address?: string;
}

/** What one run's way out needs. */
export interface EgressProxyOptions {
  /** Directory of the socket `egress.sock`; made if absent. Give the same one to `Sandbox`. */
  directory: string;
  /** The run's user id, when it has one: only it may connect. */
  uid?: number;
  allow: EgressRule[];
  /** Answers `/v1/*`, whatever the method; adds the real key. Absent: such requests are refused. */
  modelRoute?: RequestListener;
  onDecision: (decision: EgressDecision) => void;
  /** Replaces the system's name resolution. */
  resolve?: Resolver;
}

const MAX_CONNECTIONS = 256;
const CONNECT_TIMEOUT_MS = 15_000;
const HOP_BY_HOP = [
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
];

/** The only way out of a sandbox: one listener per run on a Unix socket. All that is not allowed is refused with 403. */
export class EgressProxy {
  private readonly policy: EgressPolicy;
  private readonly server: http.Server;
  private readonly sockets = new Set<Duplex>();

  private constructor(private readonly options: EgressProxyOptions) {
    this.policy = new EgressPolicy(options.allow, options.resolve);
    this.server = http.createServer((request, response) => void this.onRequest(request, response));
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.on('connect', (request, socket, head) => void this.onConnect(request, socket, head));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
      this.log('other', pathOf(request), { allowed: false, reason: 'not-a-route' });
      refuseSocket(socket);
    });
    this.server.on('clientError', (_, socket) => socket.destroy());
    this.server.on('connection', socket => this.remember(socket));
  }

  /** Listens; a socket left by an earlier backend is replaced, so that a running agent finds its way out again. */
  static async listen(options: EgressProxyOptions): Promise<EgressProxy> {
    const { directory, uid } = options;
    const file = path.join(directory, 'egress.sock');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await rm(file, { force: true });
    const proxy = new EgressProxy(options);
    await new Promise<void>((resolve, reject) => proxy.server.once('error', reject).listen(file, resolve));
    await chmod(file, 0o600);
    if (uid === undefined) return proxy;
    await chown(file, uid, uid);
    await chown(directory, 0, uid);
    await chmod(directory, 0o750);
    return proxy;
  }

  /** Ends the listener and every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async onRequest(request: IncomingMessage, response: ServerResponse) {
    response.on('error', () => response.destroy());
    if (request.url?.startsWith('/')) return this.onModelRequest(request, response);
    return this.onForward(request, response);
  }

  private onModelRequest(request: IncomingMessage, response: ServerResponse) {
    const target = pathOf(request);
    const { modelRoute } = this.options;
    // normalised, so that no `..` leads out of the route
    if (!modelRoute || !new URL(target, 'http://model').pathname.startsWith('/v1/')) {
      this.log('other', target, { allowed: false, reason: 'not-a-route' });
      return refuse(response, 'This address serves the model route /v1/ only');
    }
    this.log('model', target, { allowed: true, reason: 'model-route' });
    return modelRoute(request, response);
  }

  private async onForward(request: IncomingMessage, response: ServerResponse) {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url!) : undefined;
    if (url?.protocol !== 'http:') {
      this.log('other', url?.host ?? '', { allowed: false, reason: 'malformed' });
      return refuse(response, 'Only plain http and CONNECT pass through this proxy');
    }
    const port = Number(url.port || 80);
    const verdict = await this.policy.judge(url.hostname, port);
    const target = `${url.hostname}:${port}`;
    if (!verdict.allowed) {
      this.log('http', target, verdict);
      return refuse(response, explain(target, verdict.reason));
    }
    return this.forward(request, response, { url, port, address: verdict.address, target });
  }

  private forward(
    request: IncomingMessage,
    response: ServerResponse,
    to: { url: URL; port: number; address: string; target: string },
  ) {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.includes(name)),
    );
    const outgoing = http.request({
      host: to.address,
      port: to.port,
      method: request.method,
      path: to.url.pathname + to.url.search,
      headers: { ...headers, host: to.url.host },
      timeout: CONNECT_TIMEOUT_MS,
      agent: false,
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('response', incoming => {
      outgoing.setTimeout(0);
      this.log('http', to.target, { allowed: true, reason: 'allowed', address: to.address });
      response.writeHead(
        incoming.statusCode!,
        Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !HOP_BY_HOP.includes(name))),
      );
      incoming.on('error', () => response.destroy()).pipe(response);
    });
    outgoing.on('error', () => {
      if (response.headersSent) return response.destroy();
      this.log('http', to.target, { allowed: false, reason: 'unreachable', address: to.address });
      return refuse(response, `${to.target} cannot be reached`, 502);
    });
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
  }

  private async onConnect(request: IncomingMessage, socket: Duplex, head: Buffer) {
    socket.on('error', () => socket.destroy());
    const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+):(\d{1,5})$/i.exec(request.url ?? '');
    const verdict: EgressVerdict = match
      ? await this.policy.judge(match[1]!, Number(match[2]))
      : { allowed: false, reason: 'malformed' };
    const target = match ? match[0] : '';
    if (!verdict.allowed) {
      this.log('connect', target, verdict);
      return refuseSocket(socket, explain(target, verdict.reason));
    }
    return this.tunnel(socket, head, { target, address: verdict.address, port: Number(match![2]) });
  }

  private tunnel(
    socket: Duplex,
    head: Buffer,
    { target, address, port }: { target: string; address: string; port: number },
  ) {
    const outside = this.remember(net.connect({ host: address, port, timeout: CONNECT_TIMEOUT_MS }));
    let open = false;
    outside.on('timeout', () => open || outside.destroy(new Error('timeout')));
    outside.on('connect', () => {
      open = true;
      outside.setTimeout(0);
      this.log('connect', target, { allowed: true, reason: 'allowed', address });
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      outside.write(head);
      socket.pipe(outside).pipe(socket);
    });
    outside.on('error', () => {
      if (open) return socket.destroy();
      this.log('connect', target, { allowed: false, reason: 'unreachable', address });
      return refuseSocket(socket, `${target} cannot be reached`, '502 Bad Gateway');
    });
    socket.on('close', () => outside.destroy());
    outside.on('close', () => open && socket.destroy());
  }

  private remember<T extends Duplex>(socket: T): T {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    return socket;
  }

  private log(
    kind: EgressDecision['kind'],
    target: string,
    verdict: { allowed: boolean; reason: EgressReason; address?: string },
  ) {
    const { allowed, reason, address } = verdict;
    this.options.onDecision({
      at: new Date(),
      kind,
      target,
      allowed,
      reason,
      ...(address ? { address } : {}),
    });
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0]!;
}

function explain(target: string, reason: EgressReason): string {
  const why: Partial<Record<EgressReason, string>> = {
    'not-listed': `${target} is not on the list of hosts this run may reach`,
    'not-public': `${target} resolves to an address that is not public`,
    unresolvable: `${target} cannot be resolved`,
  };
  return why[reason] ?? 'This request is not understood';
}

function refuse(response: ServerResponse, message: string, status = 403) {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error: { code: 'EGRESS_DENIED', message } }));
}

function refuseSocket(socket: Duplex, message = 'Refused', status = '403 Forbidden') {
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(message)}\r\nconnection: close\r\n\r\n${message}`,
  );
}
