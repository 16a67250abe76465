import { Answer, CallOptions } from '../client/KubeClient';
import { Normaliser } from './Normaliser';
import { Specimen } from './specimen.kind';
import { Stage } from './Stage';
import { Line, Transcript } from './Transcript';

/** The namespace the story plays in. */
export const NAMESPACE = 'parity';
/** The collection of Specimens in a namespace. */
export const specimensOf = (namespace: string) =>
  `/apis/${Specimen.apiVersion}/namespaces/${namespace}/${Specimen.plural}`;
/** The collection it is about. */
export const SPECIMENS = specimensOf(NAMESPACE);

type Query = Record<string, string | number | boolean>;
/** A call's options, its query, and what of the answer is written down; by default all of it. */
export type Telling = CallOptions & { query?: Query; extract?(body: any): unknown };

/** How long is waited for what controllers do; a real one looks for new kinds every 30 seconds. */
const PATIENCE_SECONDS = 90;

export const MERGE = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const APPLY = 'application/apply-patch+yaml';

/** Makes the calls of the story and writes down what is answered. */
export class Teller {
  private readonly lines: Line[] = [];
  private readonly normaliser = new Normaliser();

  constructor(private readonly stage: Stage) {}

  get transcript(): Transcript {
    return this.lines;
  }

  /** One call, written down. The answer is as it came, for the calls that build on it. */
  async tell(step: string, method: string, path: string, options: Telling = {}): Promise<Answer> {
    const { query = {}, extract = (body: unknown) => body, ...call } = options;
    const told = Object.entries(query).map(([key, value]) => `${key}=${this.word(key, String(value))}`);
    const answer = await this.stage.client.request(method, withQuery(path, query), call);
    const warning = answer.headers.warning;
    const body = this.normaliser.normalise(extract(answer.body));
    this.lines.push({
      step,
      call: [`${method} ${this.normaliser.text(path)}`, told.join('&')].filter(Boolean).join('?'),
      status: answer.status,
      ...(warning ? { warnings: [this.normaliser.text(warning)] } : {}),
      body,
    });
    return answer;
  }

  /** A list's revision may be the one of an object as well. */
  private word(key: string, value: string): string {
    const word = this.normaliser.word(value);
    return key === 'resourceVersion' && word !== value ? '<revision>' : word;
  }

  /** Deletes everything without a word: what came before may have gone differently elsewhere. */
  async clear(): Promise<void> {
    await this.stage.client.request('DELETE', SPECIMENS);
  }

  /** Makes the server forget its past, without a word. */
  forget(): Promise<void> {
    return this.stage.forget();
  }

  /** Asks without a word until the answer is as awaited: what controllers do comes in its own time. */
  async until(path: string, awaited: (answer: Answer) => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const answer = await this.stage.client.request('GET', path);
      if (awaited(answer)) return;
      if (Date.now() > deadline) throw new Error(`${path} still answers ${JSON.stringify(answer.body)}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  /** Creates a Specimen. */
  create(step: string, name: string, spec: object, manager = 'creator', metadata: object = {}) {
    return this.tell(step, 'POST', SPECIMENS, {
      query: { fieldManager: manager },
      body: specimen(name, spec, metadata),
    });
  }

  get(step: string, name: string) {
    return this.tell(step, 'GET', `${SPECIMENS}/${name}`);
  }

  /** Applies a configuration on the server's side. */
  apply(step: string, name: string, manager: string, spec: object, query: Query = {}, metadata: object = {}) {
    return this.tell(step, 'PATCH', `${SPECIMENS}/${name}`, {
      contentType: APPLY,
      query: { fieldManager: manager, ...query },
      body: specimen(name, spec, metadata),
    });
  }

  merge(step: string, name: string, manager: string, patch: object, query: Query = {}) {
    return this.tell(step, 'PATCH', `${SPECIMENS}/${name}`, {
      contentType: MERGE,
      query: { fieldManager: manager, ...query },
      body: patch,
    });
  }

  put(step: string, name: string, manager: string, body: unknown, query: Query = {}) {
    return this.tell(step, 'PUT', `${SPECIMENS}/${name}`, {
      query: { fieldManager: manager, ...query },
      body,
    });
  }

  delete(step: string, name: string, body?: object, query: Query = {}) {
    return this.tell(step, 'DELETE', `${SPECIMENS}/${name}`, { body, query });
  }
}

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return pairs.length ? `${path}?${pairs.join('&')}` : path;
}

/** A manifest. */
export function specimen(
  name: string | undefined,
  spec: object,
  metadata: object = {},
): Record<string, unknown> {
  return {
    apiVersion: Specimen.apiVersion,
    kind: Specimen.kind,
    metadata: { ...(name ? { name } : {}), ...metadata },
    spec,
  };
}

/** A part of an answer's body, by names. */
export function part(answer: Answer, ...names: string[]): any {
  return names.reduce((value: any, name) => value?.[name], answer.body);
}
