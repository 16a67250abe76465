import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ControlPlane, Principal, principalName } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { GitRepositories, HOOK_DESCRIPTOR, RefUpdate, RepositoryKey } from '@krate/plugin-forge-node';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { LAST_PUSH_FILE } from '../repositories/layout';
import { bridge, cgiEnvironment } from './cgi';

type Service = 'git-upload-pack' | 'git-receive-pack';

export interface GitRouterOptions {
  controlPlane: Pick<ControlPlane, 'client' | 'authorize' | 'authenticate' | 'audit' | 'logger'>;
  repositories: GitRepositories;
  /** Told after a push moved refs. */
  moved(key: RepositoryKey, principal: Principal, updates: RefUpdate[]): void;
}

/**
 * Smart HTTP at `/<organization>/<repository>.git` (relative to where it is mounted): a bridge to `git http-backend`, which
 * speaks all of the protocol. The password is a token; only the three smart paths exist.
 */
export function createGitRouter(options: GitRouterOptions): Router {
  const router = PromiseRouter();
  const access = new RepositoryAccess(options.controlPlane);
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

  async function serve(request: Request, response: Response, service: Service, file: string) {
    const principal = await authenticate(request);
    if (!principal) return challenge(response);
    const verb = service === 'git-receive-pack' ? 'push' : 'get';
    const decision = await access.decide(
      principal,
      request.params.organization,
      request.params.repository,
      verb,
    );
    if (decision.outcome === 'sign-in') return challenge(response);
    if (decision.outcome === 'hidden')
      return refuse(response, 404, 'There is no such repository, or it is hidden from you');
    if (decision.outcome === 'forbidden')
      return refuse(response, 403, `You may read this repository and not push to it. ${decision.reason}`);
    const { repository } = decision;
    const key = { namespace: repository.metadata.namespace!, repository: repository.metadata.name };
    if (verb === 'push' && repository.spec.archived) {
      return refuse(response, 403, `${repository.metadata.name} is archived: it can be read and not changed`);
    }
    if (!options.repositories.exists(key)) {
      response.setHeader('retry-after', '2');
      return refuse(response, 503, 'The repository is still being made; try again in a moment');
    }
    return run(request, response, { service, file, key, principal, repository });
  }

  async function authenticate(request: Request): Promise<Principal | undefined> {
    try {
      return await options.controlPlane.authenticate(request);
    } catch {
      return undefined;
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
    }: { service: Service; file: string; key: RepositoryKey; principal: Principal; repository: Repository },
  ) {
    const pushes = file === 'git-receive-pack';
    const hooks = await options.repositories.hooksDirectory();
    const child = options.repositories.git.spawn(
      ['http-backend'],
      {
        hooks: 'repository',
        cwd: options.repositories.root,
        config: {
          'core.hooksPath': hooks,
          'http.receivepack': 'true',
          'http.uploadpack': 'true',
          'http.getanyfile': 'false',
          // Refs that only keep objects alive for workspaces: nobody clones, fetches or pushes them.
          'transfer.hideRefs': 'refs/krate',
        },
        env: {
          ...cgiEnvironment(request, {
            root: options.repositories.root,
            pathInfo: `/${key.namespace}/${key.repository}.git/${file}`,
            user: principalName(principal),
          }),
          GIT_HTTP_MAX_REQUEST_BUFFER: '64M',
        },
      },
      pushes ? ['pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    );
    let stderr = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      if (stderr.length < 4096) stderr += chunk.toString('utf8');
    });
    const accepted: RefUpdate[] = [];
    if (pushes) {
      const socket = child.stdio[HOOK_DESCRIPTOR] as Duplex;
      options.repositories.serveHook(socket, { ...key, principal, origin: 'push' }, [], accepted);
    }
    try {
      await bridge(request, response, child);
    } catch (error) {
      options.controlPlane.logger.warn(
        `${service} of ${key.namespace}/${key.repository} failed: ${error} ${stderr.trim()}`,
      );
    }
    if (accepted.length > 0) await afterPush(key, principal, accepted);
  }

  async function afterPush(key: RepositoryKey, principal: Principal, accepted: RefUpdate[]) {
    const file = join(options.repositories.directory(key), LAST_PUSH_FILE);
    const now = new Date();
    await utimes(file, now, now)
      .catch(() => writeFile(file, ''))
      .catch(error => options.controlPlane.logger.warn(`The time of a push was not kept: ${error}`));
    options.moved(key, principal, accepted);
  }
}

function serviceOf(value: unknown): Service | undefined {
  return value === 'git-upload-pack' || value === 'git-receive-pack' ? value : undefined;
}

function challenge(response: Response) {
  response.setHeader('www-authenticate', 'Basic realm="Krate", charset="UTF-8"');
  return refuse(response, 401, 'Sign in with a Krate token as the password');
}

/** git shows a text/plain body to its user as `remote: ...`. */
function refuse(response: Response, status: number, message: string) {
  response.status(status).setHeader('cache-control', 'no-store, no-transform');
  response.type('text/plain').send(`${message}\n`);
}
