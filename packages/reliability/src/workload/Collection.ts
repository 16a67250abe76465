import { Refusal } from './Subject';

/** Where a collection is reached, and as whom. */
export interface Place {
  /** `http://127.0.0.1:<port>` */
  url: string;
  token: string;
  /** The path of the collection. */
  path: string;
  kind: string;
}

/** How long an answer may take before nobody waits for it any more, in milliseconds. */
const PATIENCE_MS = 20_000;

/** A collection of a real API server. Every refusal is checked for its form: a Status, with Retry-After in an outage. */
export class Collection {
  constructor(private readonly place: Place) {}

  manifest(name: string, value: string, expected?: number) {
    const version = expected === undefined ? {} : { resourceVersion: String(expected) };
    const metadata = { name, ...version };
    return { apiVersion: 'krate.a5c.ai/v1alpha1', kind: this.place.kind, metadata, spec: { value } };
  }

  /** @throws Refusal */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    try {
      const response = await this.request(method, path, body, AbortSignal.timeout(PATIENCE_MS));
      return (await response.json()) as T;
    } catch (error) {
      throw error instanceof Refusal ? error : unanswered(error);
    }
  }

  /** The lines of a watch. @throws Refusal, also when it is cut off before the signal says so */
  async *lines(path: string, signal: AbortSignal): AsyncIterable<string> {
    try {
      yield* linesOf(await this.request('GET', path, undefined, signal));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (!signal.aborted) throw unanswered(error);
    }
  }

  private async request(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.place.url}${this.place.path}${path}`, {
      method,
      signal,
      headers: { authorization: `Bearer ${this.place.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const status = (await response.json()) as { kind?: string; code?: number; message?: string };
    if (status.kind !== 'Status' || status.code !== response.status)
      throw new Error(`${response.status} without a Status: ${JSON.stringify(status)}`);
    if (response.status === 503 && !response.headers.get('retry-after'))
      throw new Error('503 without Retry-After');
    throw refusalOf(response.status, status.message);
  }
}

/** What an answer other than success means. */
export function refusalOf(status: number, message = ''): Refusal {
  if (status === 410) return new Refusal('expired', message, status);
  return new Refusal(status < 500 ? 'refused' : 'unknown', `${status} ${message}`, status);
}

function unanswered(error: unknown): unknown {
  // What fetch throws when a connection cannot be had or breaks, and what a signal does when it runs out.
  const { name, message, cause } = error as Error & { cause?: Error };
  if (!['TypeError', 'AbortError', 'TimeoutError', 'SyntaxError'].includes(name)) return error;
  return new Refusal('unknown', `${message}${cause ? `: ${cause.message}` : ''}`);
}

async function* linesOf(response: Response): AsyncIterable<string> {
  let rest = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}
