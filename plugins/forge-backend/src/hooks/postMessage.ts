import http, { IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import {
  isLoopbackAddress,
  isPrivateAddress,
  isPublicAddress,
  resolveGuarded,
  Resolver,
} from '@krate/plugin-control-plane-node';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** This machine and private networks may be addressed; cloud metadata and other odd addresses never are. */
  allowPrivate: boolean;
  signal?: AbortSignal;
}

/** What became of one attempt, as it is shown to people. */
export interface PostOutcome {
  status?: number;
  latencyMs?: number;
  code?: 'Rejected' | 'Redirected' | 'Gone' | 'Throttled' | 'TimedOut' | 'Unreachable' | 'AddressRefused';
  error?: string;
  address?: string;
  responseHeaders?: Record<string, string>;
  responseBody?: string;
  retryAfterSeconds?: number;
}

/** How much of an answer is kept; what a listener says beyond that is not even read. */
const KEPT_BODY_BYTES = 4096;
const KEPT_HEADERS = 40;
const KEPT_HEADER_CHARACTERS = 500;

/**
 * Posts a message once and says what came of it. It connects to the address that was looked at, never follows a redirect, reads the
 * beginning of the answer only, and is over after the timeout whatever the other side does. Throws only when `signal` aborts.
 */
export async function postMessage(post: Post, resolve?: Resolver): Promise<PostOutcome> {
  const target = new URL(post.url);
  const found = await resolveGuarded(target.hostname, address => isAllowed(address, post), resolve);
  if (found.problem === 'unresolvable')
    return { code: 'Unreachable', error: `The name ${target.hostname} cannot be resolved` };
  if (found.problem) {
    const error = `${target.hostname} is at ${found.address}, which is no address that messages may be sent to`;
    return { code: 'AddressRefused', error, address: found.address };
  }
  const began = performance.now();
  const elapsed = () => Math.round(performance.now() - began);
  const deadline = AbortSignal.timeout(post.timeoutMs);
  const signal = post.signal ? AbortSignal.any([deadline, post.signal]) : deadline;
  try {
    const answer = await send(target, found.address, post, signal);
    const latencyMs = elapsed();
    const responseBody = await beginningOf(answer, signal);
    return { ...judge(answer), latencyMs, address: found.address, responseBody };
  } catch (error) {
    if (post.signal?.aborted) throw post.signal.reason;
    const failed = { latencyMs: elapsed(), address: found.address };
    if (deadline.aborted)
      return { ...failed, code: 'TimedOut', error: `No answer within ${post.timeoutMs / 1000} s` };
    return { ...failed, code: 'Unreachable', error: (error as Error).message.slice(0, 300) };
  }
}

function isAllowed(address: string, { allowPrivate }: Post): boolean {
  if (isPublicAddress(address)) return true;
  return allowPrivate && (isLoopbackAddress(address) || isPrivateAddress(address));
}

function send(target: URL, address: string, post: Post, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = target.protocol === 'https:';
  const options: https.RequestOptions = {
    method: 'POST',
    host: address,
    port: target.port || (secure ? 443 : 80),
    path: `${target.pathname}${target.search}`,
    headers: {
      ...post.headers,
      host: target.host,
      'content-length': Buffer.byteLength(post.body),
    },
    // A name of its own for the certificate, since the connection goes to an address.
    ...(secure && !isIP(target.hostname) && { servername: target.hostname }),
    agent: false,
    signal,
    maxHeaderSize: 16 * 1024,
  };
  return new Promise((done, reject) => {
    const request = (secure ? https : http).request(options, done);
    request.on('error', reject);
    request.end(post.body);
  });
}

/** The status decides; what follows it is for people, and a listener that dawdles over it is cut off. */
async function beginningOf(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= KEPT_BODY_BYTES || signal.aborted) break;
    }
  } catch {
    // The status was said; a body that breaks off takes nothing back.
  }
  answer.destroy();
  const text = Buffer.concat(chunks).subarray(0, KEPT_BODY_BYTES).toString('utf8');
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
}

function judge(answer: IncomingMessage): PostOutcome {
  const status = answer.statusCode ?? 0;
  const said = { status, responseHeaders: keptHeaders(answer) };
  if (status >= 200 && status < 300) return said;
  if (status >= 300 && status < 400)
    return { ...said, code: 'Redirected', error: 'It redirects; messages are not sent on' };
  if (status === 410) return { ...said, code: 'Gone', error: 'The listener says that it is gone' };
  const retryAfterSeconds = secondsOf(answer.headers['retry-after']);
  const throttled = status === 429 || status === 502 || status === 503 || status === 504;
  return {
    ...said,
    code: throttled ? 'Throttled' : 'Rejected',
    error: `It answered ${status}`,
    ...(throttled && retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

/** What a listener says about itself; a cookie is nobody's business. */
function keptHeaders(answer: IncomingMessage): Record<string, string> {
  const entries = Object.entries(answer.headers).filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries(
    entries
      .slice(0, KEPT_HEADERS)
      .map(([name, value]) => [name, String(value).slice(0, KEPT_HEADER_CHARACTERS)]),
  );
}

/** `Retry-After` in seconds or as a date. */
function secondsOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}
