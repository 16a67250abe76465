import { ChildProcess } from 'node:child_process';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { drained } from '@krate/plugin-control-plane-node';
import { gitProtocol } from '../transport/gitProtocol';

const MAX_HEADER = 16 * 1024;

/** What CGI asks for (RFC 3875), from a request to a service of a repository. */
export function cgiEnvironment(
  request: Request,
  options: { root: string; pathInfo: string; user: string; maxBuffer?: string },
): Record<string, string> {
  const environment: Record<string, string | undefined> = {
    GATEWAY_INTERFACE: 'CGI/1.1',
    GIT_PROJECT_ROOT: options.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: options.pathInfo,
    QUERY_STRING: request.originalUrl.split('?')[1] ?? '',
    REQUEST_METHOD: request.method,
    REMOTE_USER: options.user,
    REMOTE_ADDR: request.socket.remoteAddress,
    CONTENT_TYPE: header(request, 'content-type'),
    CONTENT_LENGTH: header(request, 'content-length'),
    HTTP_CONTENT_ENCODING: header(request, 'content-encoding'),
    GIT_PROTOCOL: gitProtocol(header(request, 'git-protocol')),
  };
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * Joins a request and its response to a CGI process: bytes are passed on as they come, at the pace of the slower side, in
 * memory that does not grow with the size. The process is killed when the client goes away. Resolves when both ended.
 */
export async function bridge(
  request: Request,
  response: Response,
  git: { child: ChildProcess; kill(): void },
): Promise<{ exitCode: number | null }> {
  const { child } = git;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  ended.catch(() => {});
  response.on('close', () => {
    if (!response.writableFinished) git.kill();
  });
  // A process that has read enough closes its input early; what it answers says why.
  void pipeline(request, child.stdin!).catch(() => {});
  try {
    const rest = await readHeaders(child, response);
    if (rest.length > 0 && !response.write(rest)) await drained(response);
    await pipeline(child.stdout!, response);
  } catch (error) {
    git.kill();
    if (!response.headersSent) response.status(502).type('text/plain').send('git gave no answer\n');
    else response.destroy();
    if (!response.destroyed) throw error;
  }
  return { exitCode: await ended };
}

/** Reads the CGI header block, applies it, and gives back the bytes that came after it. */
async function readHeaders(child: ChildProcess, response: Response): Promise<Buffer> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = child.stdout!.read();
    if (chunk === null) {
      if (child.stdout!.readableEnded || child.stdout!.destroyed)
        throw new Error('git ended before it answered');
      await readable(child);
      continue;
    }
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf('\r\n\r\n');
    if (end >= 0) {
      applyHeaders(seen.subarray(0, end).toString('latin1'), response);
      return seen.subarray(end + 4);
    }
    if (seen.length > MAX_HEADER) throw new Error('git answered without headers');
  }
}

function applyHeaders(block: string, response: Response): void {
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') response.status(Number.parseInt(value, 10) || 500);
    else response.setHeader(name, value);
  }
  // Packs are compressed already, and a compressing middleware would hold back progress.
  response.setHeader('cache-control', 'no-cache, max-age=0, must-revalidate, no-transform');
  response.flushHeaders();
}

function readable(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      for (const event of ['readable', 'end', 'close', 'error']) child.stdout!.off(event, done);
      resolve();
    };
    for (const event of ['readable', 'end', 'close', 'error']) child.stdout!.once(event, done);
  });
}

function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
