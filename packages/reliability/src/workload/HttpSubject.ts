import { Change, Item, Snapshot } from '../history/History';
import { Refusal, Subject } from './Subject';

/** Where a subject is reached, and as whom. */
export interface Place {
  /** `http://127.0.0.1:<port>` */
  url: string;
  token: string;
  /** The path of the collection. */
  path: string;
}

/** What the API answers of an object. */
interface Answer {
  metadata: { name: string; resourceVersion: string };
  spec: { value: string };
}

/** How long an answer may take before nobody waits for it any more, in milliseconds. */
const PATIENCE_MS = 20_000;

/** A collection of a real API server as a subject. Every refusal is checked for its form: a Status, with Retry-After in an outage. */
export class HttpSubject implements Subject {
  constructor(
    private readonly place: Place,
    private readonly kind = 'Item',
  ) {}

  async create(key: string, value: string): Promise<number> {
    const { metadata } = await this.json<Answer>('POST', '', this.manifest(key, value));
    return Number(metadata.resourceVersion);
  }

  async update(key: string, value: string, expected: number): Promise<number> {
    const { metadata } = await this.json<Answer>('PUT', `/${key}`, this.manifest(key, value, expected));
    return Number(metadata.resourceVersion);
  }

  async remove(key: string, expected: number): Promise<void> {
    await this.json('DELETE', `/${key}`, {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { resourceVersion: String(expected) },
    });
  }

  async get(key: string): Promise<Item | undefined> {
    try {
      return itemOf(await this.json<Answer>('GET', `/${key}`));
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(): Promise<Snapshot> {
    const { metadata, items } = await this.json<{ metadata: { resourceVersion: string }; items: Answer[] }>(
      'GET',
      '',
    );
    return { revision: Number(metadata.resourceVersion), items: items.map(itemOf) };
  }

  async *watch(from: number, signal: AbortSignal): AsyncIterable<Change> {
    try {
      const response = await this.request('GET', `?watch=true&resourceVersion=${from}`, undefined, signal);
      for await (const line of linesOf(response)) {
        const { type, object } = JSON.parse(line);
        if (type === 'ERROR') throw refusalOf(object.code, object.message);
        yield { type, ...itemOf(object) };
      }
    } catch (error) {
      // A watch that is cut off goes on where it was, like one that ends.
      if (error instanceof Refusal) throw error;
      if (!signal.aborted) throw unanswered(error);
    }
  }

  private manifest(name: string, value: string, expected?: number) {
    const version = expected === undefined ? {} : { resourceVersion: String(expected) };
    const metadata = { name, ...version };
    return { apiVersion: 'krate.a5c.ai/v1alpha1', kind: this.kind, metadata, spec: { value } };
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    try {
      const response = await this.request(method, path, body, AbortSignal.timeout(PATIENCE_MS));
      return (await response.json()) as T;
    } catch (error) {
      throw error instanceof Refusal ? error : unanswered(error);
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

function itemOf({ metadata, spec }: Answer): Item {
  return { key: metadata.name, value: spec.value, revision: Number(metadata.resourceVersion) };
}

function refusalOf(status: number, message = ''): Refusal {
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
