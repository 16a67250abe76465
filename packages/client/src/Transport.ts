import { errorOf, NoAnswerError } from './KrateError';

/** How a client reaches its server. */
export interface ClientOptions {
  /** Where Krate answers, `https://krate.example.com`; empty in a page of the portal itself. */
  server: string;
  /** An access token, or what gives one (a session that is renewed). Without one only health answers. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Default: the platform's own. */
  fetch?: typeof globalThis.fetch;
}

/** Sends requests with credentials and makes errors of refusals. The one place of a client that talks HTTP. */
export class Transport {
  private readonly server: string;

  constructor(private readonly options: ClientOptions) {
    this.server = options.server.replace(/\/+$/, '');
  }

  /**
   * @param path - from the root of the server, with its query
   * @throws KrateError for a refusal, NoAnswerError when nothing answers; what aborts the signal, as it is
   */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const { token, fetch = globalThis.fetch } = this.options;
    const bearer = typeof token === 'function' ? await token() : token;
    const headers = new Headers(init.headers);
    if (bearer) headers.set('authorization', `Bearer ${bearer}`);
    let response: Response;
    try {
      response = await fetch(`${this.server}${path}`, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      const { cause, message } = error as Error & { cause?: Error };
      throw new NoAnswerError(`No answer from ${this.server || 'the server'}: ${cause?.message || message}`, {
        cause: error,
      });
    }
    if (response.ok) return response;
    throw await errorOf(response);
  }

  async json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.request(path, init)).json()) as T;
  }

  /** Sends a JSON body. */
  send<T>(method: string, path: string, body: unknown, contentType = 'application/json'): Promise<T> {
    return this.json<T>(path, {
      method,
      headers: { 'content-type': contentType },
      body: JSON.stringify(body),
    });
  }
}
