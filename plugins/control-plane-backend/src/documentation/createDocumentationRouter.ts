import { readdir, readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError } from '@krate/resource-model';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Authenticator } from '../identity/Authenticator';
import { statusErrors } from '../runtime/statusErrors';

const TYPES: Readonly<Record<string, string>> = {
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
};

/**
 * `GET /documentation`: the pages of the installation's documentation with their titles; `GET /documentation/<file>`: one file
 * of it as it is, markdown or picture. For everybody who is signed in.
 *
 * @param directory - absolute; when there is none, there are no pages
 */
export function createDocumentationRouter(options: {
  directory: string;
  authenticator: Authenticator;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();
  const signedIn = async (request: Request) => {
    const { principal } = await options.authenticator.authenticate(request);
    if (principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
  };

  router.get('/documentation', async (request, response) => {
    await signedIn(request);
    response.json({ items: await pagesOf(options.directory) });
  });

  router.get('/documentation/*', async (request, response) => {
    await signedIn(request);
    const path = (request.params as Record<string, string>)[0];
    const type = TYPES[extname(path)];
    const file = type && (await fileBelow(options.directory, path));
    if (!file) throw new ApiError('NotFound', `The documentation has no ${path}`);
    response.set('content-type', type).set('x-content-type-options', 'nosniff');
    // A drawing may hold script; shown as an image it does not run, and opened by itself it must not either.
    response.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.send(await readFile(file));
  });

  router.use(statusErrors(options.logger));
  return router;
}

interface DocumentationPage {
  /** Below the directory, without `.md`: `guides/first-tour`. */
  path: string;
  title: string;
}

async function pagesOf(directory: string): Promise<DocumentationPage[]> {
  const files = await readdir(directory, { recursive: true }).catch(noneOf<string[]>([]));
  const pages = files
    .filter(file => file.endsWith('.md'))
    .sort()
    .map(async file => {
      const markdown = await readFile(join(directory, file), 'utf8');
      const path = file.split(sep).join('/').replace(/\.md$/, '');
      return { path, title: /^#\s+(.+)$/m.exec(markdown)?.[1].trim() ?? path };
    });
  return Promise.all(pages);
}

/** The file's real path when it lies below the directory; a link that leads out of it does not. */
async function fileBelow(directory: string, path: string): Promise<string | undefined> {
  if (path.includes('\0')) return undefined;
  const root = await realpath(directory).catch(noneOf<undefined>(undefined));
  const file = root && (await realpath(join(root, path)).catch(noneOf<undefined>(undefined)));
  return root && file?.startsWith(root + sep) ? file : undefined;
}

/** What is answered when a file or directory does not exist; every other failure stays one. */
function noneOf<T>(none: T): (error: NodeJS.ErrnoException) => T {
  return error => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return none;
    throw error;
  };
}
