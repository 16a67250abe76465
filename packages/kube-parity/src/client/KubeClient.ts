import { IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';

/** An answer of an API server; a body that is no JSON is a text, and a stream a list of its lines. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** What goes along with a call. */
export interface CallOptions {
  body?: unknown;
  /** Default: `application/json`. */
  contentType?: string;
  accept?: string;
  /** Reads a stream: ends the call after this many lines, or this many milliseconds, with what came until then. */
  until?: Until;
}

interface Until {
  lines: number;
  milliseconds: number;
}

const PATIENCE: Until = { lines: Infinity, milliseconds: 30_000 };

/**
 * Speaks to any server of the Kubernetes API, and hides nothing of its answers: no retries, no defaults, no types. It is for
 * comparing servers; programs use `ResourceClient`.
 */
export class KubeClient {
  constructor(private readonly server: { url: string; ca?: string; token: string }) {}

  /** @param path - with its query, from the server's root */
  request(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { body, contentType = 'application/json', accept = 'application/json', until } = options;
    const url = new URL(`${this.server.url}${path}`);
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.server.token}`,
      accept,
      'user-agent': 'krate-parity/1 (test)',
      // Spelled out, since Node gives the body of a DELETE no length of its own accord.
      ...(sent === undefined
        ? {}
        : { 'content-type': contentType, 'content-length': Buffer.byteLength(sent) }),
    };
    return new Promise((resolve, reject) => {
      const call = send(url, { method, ca: this.server.ca, headers }, answer => {
        read(answer, until ?? PATIENCE).then(text => {
          call.destroy();
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
            body: until ? lines(text).slice(0, until.lines) : parsed(text),
          });
        }, reject);
      });
      call.on('error', reject);
      call.end(sent);
    });
  }
}

/** What comes until the end, or until there is enough. */
function read(answer: IncomingMessage, until: Until): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(text), until.milliseconds);
    const done = () => {
      clearTimeout(timer);
      resolve(text);
    };
    answer.setEncoding('utf8');
    answer.on('data', chunk => {
      text += chunk;
      if (until.lines < Infinity && lines(text).length >= until.lines) done();
    });
    answer.on('end', done);
    answer.on('error', reject);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The complete lines of a stream of JSON. */
function lines(text: string): unknown[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map(parsed);
}
