import { Agent, request } from 'node:http';

/** A plain client with connections that stay open, so that only the server's work is measured. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly port: number,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Rejects unless the server answers with `expected`. */
  post(path: string, body: string, expected = 201): Promise<string> {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    return this.send('POST', path, { headers, body, expected });
  }

  get(path: string): Promise<string> {
    return this.send('GET', path, { expected: 200 });
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    { headers = {}, body, expected }: { headers?: object; body?: string; expected: number },
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ agent: this.agent, host: '127.0.0.1', port: this.port, method, path },
          headers: { ...this.headers, ...headers },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode === expected) resolve(text);
            else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
