import type { Request, Response } from 'express';
import { ApiContext } from './ApiContext';
import { sendObject } from './respond';

/** The Kubernetes version whose API conventions are served; clients decide by it what they may ask. */
const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0+krate',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: `${process.platform}/${process.arch}`,
};

/** What anyone may ask, without credentials: is it there, is it ready, which version. False for any other path. */
export async function healthRoute(
  context: ApiContext,
  req: Request,
  res: Response,
  segments: readonly string[],
) {
  const [path, ...more] = segments;
  if (more.length > 0 || req.method !== 'GET') return false;
  if (path === 'version') {
    await sendObject(res, 200, VERSION);
    return true;
  }
  if (path !== 'healthz' && path !== 'livez' && path !== 'readyz') return false;
  // Alive is whoever answers; being ready also needs the parts a request stands on.
  const failed = path === 'livez' ? [] : await failingChecks(context);
  res
    .status(failed.length > 0 ? 500 : 200)
    .set({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache, private' });
  res.end(
    failed.length > 0
      ? `${failed.map(name => `[-]${name} failed`).join('\n')}\n${path} check failed\n`
      : 'ok',
  );
  return true;
}

async function failingChecks({ readiness, logger }: ApiContext): Promise<string[]> {
  const checks = Object.entries(readiness).map(async ([name, check]) => {
    try {
      await check();
      return [];
    } catch (error) {
      logger.warn(`The readiness check ${name} failed: ${(error as Error).message}`);
      return [name];
    }
  });
  return (await Promise.all(checks)).flat();
}
