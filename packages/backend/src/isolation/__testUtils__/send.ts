import { Caller, Stage } from './Stage';

/** What came back, as far as it can tell anything. */
export interface Answer {
  status: number;
  /** Headers and body. */
  told: string;
  text: string;
}

export interface Sent {
  method: string;
  /** With the query. */
  path: string;
  body?: string;
  type?: string;
  /** Listens for a moment and leaves. */
  streams?: boolean;
}

const LISTEN_MS = 150;

/** Sends a request as somebody: with their Krate token to Krate, with their session to the portal's plugins. */
export async function send({ backend }: Pick<Stage, 'backend'>, caller: Caller, sent: Sent): Promise<Answer> {
  const { method, path, body, type = 'application/json', streams } = sent;
  const credential = isKrates(path) ? caller.krate : (caller.portal ?? caller.krate);
  const gone = new AbortController();
  const response = await fetch(`${backend.url}${path}`, {
    method,
    signal: gone.signal,
    redirect: 'manual',
    headers: {
      ...(credential ? { authorization: `Bearer ${credential}` } : {}),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    body,
  });
  const text = streams && response.ok ? await listen(response, gone) : await response.text();
  return { status: response.status, text, told: `${JSON.stringify([...response.headers])}\n${text}` };
}

/** Krate's own routes take Krate's tokens; the plugins of Backstage know only its own. */
export function isKrates(path: string): boolean {
  return /^\/(api\/krate\/(?!\.)|git\/|api\/(orgs|controller|openapi\.json))/.test(path);
}

async function listen(response: Response, gone: AbortController): Promise<string> {
  let text = '';
  const timer = setTimeout(() => gone.abort(), LISTEN_MS);
  try {
    for await (const chunk of response.body!) text += Buffer.from(chunk).toString('utf8');
  } catch {
    // Left on purpose.
  }
  clearTimeout(timer);
  return text;
}
