import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ApiError } from '@krate/resource-model';
import { ControlPlane, Principal, principalName } from '@krate/plugin-control-plane-node';
import { RepositoryKey } from '@krate/plugin-forge-node';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { GitProcess, GitProcessOptions } from '../transport/GitProcess';
import { GitService, OpenedService, openService } from '../transport/openService';
import { bridge, cgiEnvironment } from './cgi';

export interface GitRouterOptions extends Omit<GitProcessOptions, 'logger'> {
  controlPlane: Pick<ControlPlane, 'client' | 'authorize' | 'authenticate' | 'logger'>;
}

type Refused = Exclude<OpenedService['outcome'], 'open'>;

const STATUS: Readonly<Record<Refused, number>> = {
  'sign-in': 401,
  hidden: 404,
  forbidden: 403,
  'not-ready': 503,
};

/**
 * Smart HTTP at `/<organization>/<repository>.git` (relative to where it is mounted): a bridge to `git http-backend`, which
 * speaks all of the protocol. The password is a token; only the three smart paths exist.
 */
export function createGitRouter(options: GitRouterOptions): Router {
  const router = PromiseRouter();
  const { controlPlane, repositories } = options;
  const access = new RepositoryAccess(controlPlane);
  const path = '/:organization/:repository.git';

  router.get(`${path}/info/refs`, async (request, response) => {
    const service = serviceOf(request.query.service);
    if (!service) return refuse(response, 403, 'Only smart HTTP is served: use git 1.7 or newer');
    return serve(request, response, service, 'info/refs');
  });
  for (const service of ['git-upload-pack', 'git-receive-pack'] as const) {
    router.post(`${path}/${service}`, (request, response) => serve(request, response, service, service));
  }
  router.use((_request, response) => refuse(response, 404, 'Not found'));
  return router;

  async function serve(request: Request, response: Response, service: GitService, file: string) {
    const principal = await authenticate(request);
    if (principal instanceof ApiError) return askLater(response, principal);
    if (!principal) return answer(response, 'sign-in', 'Sign in with a Krate token as the password');
    const { organization, repository: name } = request.params;
    const opened = await openService({ access, repositories }, principal, { organization, name, service });
    if (opened.outcome !== 'open') return answer(response, opened.outcome, opened.message);
    // git follows this once, uses the new address for what comes next, and tells its user.
    if (file === 'info/refs' && opened.name !== name) {
      const address = `${request.baseUrl}/${organization}/${opened.name}.git/info/refs?service=${service}`;
      return response.redirect(301, address);
    }
    return run(request, response, { service, file, key: opened.key, principal });
  }

  /** Nobody for credentials that are no good; the refusal itself where others would not help. */
  async function authenticate(request: Request): Promise<Principal | ApiError | undefined> {
    try {
      return await controlPlane.authenticate(request);
    } catch (error) {
      return error instanceof ApiError && error.details.retryAfterSeconds ? error : undefined;
    }
  }

  async function run(
    request: Request,
    response: Response,
    {
      service,
      file,
      key,
      principal,
    }: { service: GitService; file: string; key: RepositoryKey; principal: Principal },
  ) {
    const cgi = cgiEnvironment(request, {
      root: repositories.root,
      pathInfo: `/${key.namespace}/${key.repository}.git/${file}`,
      user: principalName(principal),
    });
    const git = await GitProcess.start(
      { ...options, logger: controlPlane.logger },
      {
        ...{ key, principal, receives: file === 'git-receive-pack' },
        args: ['http-backend'],
        env: { ...cgi, GIT_HTTP_MAX_REQUEST_BUFFER: '64M' },
        config: { 'http.receivepack': 'true', 'http.uploadpack': 'true', 'http.getanyfile': 'false' },
      },
    );
    git.keepErrors();
    try {
      await bridge(request, response, git);
    } catch (error) {
      git.warn(service, error);
    }
    await git.finish();
  }
}

function serviceOf(value: unknown): GitService | undefined {
  return value === 'git-upload-pack' || value === 'git-receive-pack' ? value : undefined;
}

function askLater(response: Response, { code, message, details }: ApiError) {
  response.setHeader('retry-after', String(details.retryAfterSeconds));
  return refuse(response, code, message);
}

function answer(response: Response, outcome: Refused, message: string) {
  if (outcome === 'sign-in') response.setHeader('www-authenticate', 'Basic realm="Krate", charset="UTF-8"');
  if (outcome === 'not-ready') response.setHeader('retry-after', '2');
  return refuse(response, STATUS[outcome], message);
}

/** git shows a text/plain body to its user as `remote: ...`. */
function refuse(response: Response, status: number, message: string) {
  response.status(status).setHeader('cache-control', 'no-store, no-transform');
  response.type('text/plain').send(`${message}\n`);
}
