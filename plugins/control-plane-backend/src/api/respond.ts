import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError } from '@krate/resource-model';
import type { Response } from 'express';
import { stringify } from 'yaml';
import { outageOf } from './outageOf';

/** Bodies from here on are compressed for those who accept it, in characters; as in a kube-apiserver. */
const GZIP_FROM = 128 * 1024;
const compress = promisify(gzip);

/** Answers a JSON text. */
export async function sendText(
  res: Response,
  code: number,
  json: string,
  contentType = 'application/json',
): Promise<void> {
  if (!res.hasHeader('Cache-Control')) res.set('Cache-Control', 'no-cache, private');
  // Not res.set, which would add a charset: clients compare the parameters of discovery's type.
  res.status(code).setHeader('Content-Type', contentType);
  if (json.length < GZIP_FROM || !acceptsGzip(res)) {
    res.end(json);
    return;
  }
  res.set({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
  res.end(await compress(json, { level: 1 }));
}

/** Answers a value, as YAML when asked for. */
export async function sendObject(
  res: Response,
  code: number,
  value: unknown,
  format: 'json' | 'yaml' = 'json',
): Promise<void> {
  if (format === 'yaml') await sendText(res, code, stringify(value), 'application/yaml');
  else await sendText(res, code, JSON.stringify(value));
}

/** Answers a long text piece by piece: neither the whole text nor its compression ever holds the event loop. */
export async function sendPieces(res: Response, pieces: Iterable<string>): Promise<void> {
  res.status(200).set({ 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
  if (!acceptsGzip(res)) {
    await writeAll(res, pieces);
    return;
  }
  res.set({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
  const packed = createGzip({ level: 1 });
  packed.pipe(res);
  res.once('close', () => packed.destroy());
  await writeAll(packed, pieces);
}

async function writeAll(
  out: NodeJS.WritableStream & { destroyed?: boolean },
  pieces: Iterable<string>,
): Promise<void> {
  for (const piece of pieces) {
    if (out.destroyed) return;
    if (!out.write(piece)) await drained(out);
  }
  out.end();
}

/** Resolves when there is room again, or nobody left to read. */
function drained(out: NodeJS.WritableStream): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      out.off('drain', done);
      out.off('close', done);
      resolve();
    };
    out.on('drain', done);
    out.on('close', done);
  });
}

function acceptsGzip({ req }: Response): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(req.headers['accept-encoding'] ?? ''));
}

/** Tells of every warning in a header of its own, as kubectl prints them. */
export function addWarnings(res: Response, warnings: readonly string[]): void {
  for (const warning of warnings) {
    // Headers are printable ASCII: anything else could end the header, or be refused by Node.
    const text = warning.replace(/[^\x20-\x7e]/g, '?').replace(/[\\"]/g, '\\$&');
    res.append('Warning', `299 - "${text}"`);
  }
}

/** Answers a refusal as a Status. What is not a refusal is logged, and its details stay here. */
export function sendError(res: Response, error: unknown, logger: LoggerService): void {
  // The client went away while it sent its body: there is nobody to answer and nothing wrong here.
  if (res.destroyed && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return;
  const refusal = error instanceof ApiError ? error : (outageOf(error) ?? internalError(error, logger));
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { retryAfterSeconds } = refusal.details;
  if (retryAfterSeconds) res.set('Retry-After', String(retryAfterSeconds));
  if (refusal.code === 401) res.set('WWW-Authenticate', 'Bearer realm="krate"');
  res.removeHeader('Content-Encoding');
  res
    .status(refusal.code)
    .set({ 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' })
    .end(JSON.stringify(refusal.toStatus()));
}

function internalError(error: unknown, logger: LoggerService): ApiError {
  logger.error(
    'A request of the resource API failed',
    error instanceof Error ? error : new Error(String(error)),
  );
  return new ApiError('InternalError', 'Internal error occurred: the log of the server says more');
}
