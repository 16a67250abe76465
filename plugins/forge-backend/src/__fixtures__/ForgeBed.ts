import { EventEmitter, on } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { Kind } from '@krate/resource-model';
import { AccessAttributes, AuditEntry, Principal } from '@krate/plugin-control-plane-node';
import { GitRepositories, GitRunner } from '@krate/plugin-forge-node';
import { createRepository, InitialFile } from '../repositories/createRepository';
import { repositoryAuthorization } from '../authorization/repositoryAuthorization';
import { PushLimits } from '../transport/limits';
import { createReadRouter } from '../http/createReadRouter';
import { createGitRouter } from '../http/createGitRouter';
import { RepositoryAccess } from '../access/RepositoryAccess';
import { KeyIndex } from '../ssh/KeyIndex';
import { KeyUse } from '../ssh/KeyUse';
import { SshServer } from '../ssh/SshServer';
import { ServerKey } from '../keys/ServerKey';
import { SignatureVerifier } from '../keys/SignatureVerifier';
import { ForgeRefJudge } from '../refs/ForgeRefJudge';
import { IncomingReader } from '../refs/IncomingReader';

export const NAMESPACE = 'krate-org-acme';
type Role = 'viewer' | 'developer' | 'maintainer' | 'admin';

/** Real git, real HTTP and the forge's own rules over a handful of objects given by the test. */
export class ForgeBed {
  readonly audit: AuditEntry[] = [];
  readonly woken: string[] = [];
  readonly roles: Record<string, Role> = { ada: 'developer', vera: 'viewer', root: 'admin' };
  readonly principals: Record<string, Principal> = {
    run: {
      type: 'run',
      name: 'r1',
      namespace: NAMESPACE,
      kind: 'AgentDispatchRun',
      uid: 'u',
      repository: 'web',
    },
  };
  readonly objects = new Map<string, any>();
  readonly git = new GitRunner();
  readonly signing: ServerKey;
  readonly keyUse: KeyUse;
  private readonly changes = new EventEmitter();
  private ssh: { server: SshServer; index: KeyIndex; port: number } | undefined;
  private uid = 0;

  private constructor(
    readonly directory: string,
    readonly repositories: GitRepositories,
    private server: Server,
  ) {
    this.keyUse = new KeyUse(repositories);
    this.signing = new ServerKey(join(repositories.root, '.keys', 'signing'), 'krate');
  }

  static async start(limits?: PushLimits): Promise<ForgeBed> {
    const directory = await mkdtemp(join(tmpdir(), 'forge-'));
    await chmod(directory, 0o711);
    const repositories = new GitRepositories(join(directory, 'data'));
    const app = express();
    const server = createServer(app);
    const bed = new ForgeBed(directory, repositories, server);
    await repositories.hooksDirectory();
    const signatures = new SignatureVerifier({
      client: bed.controlPlane.client,
      repositories,
      serverKey: async () => (await bed.signing.pair()).publicKey,
    });
    const incoming = new IncomingReader({ client: bed.controlPlane.client, repositories, signatures });
    const judge = new ForgeRefJudge(bed.controlPlane, incoming);
    repositories.useJudge(judge);
    app.use(
      '/git',
      createGitRouter({
        controlPlane: bed.controlPlane,
        repositories,
        limits,
        moved: (key, principal, updates) => judge.moved({ ...key, principal, origin: 'push', updates }),
      }),
    );
    app.use(
      '/api/krate/forge',
      createReadRouter({ controlPlane: bed.controlPlane, repositories, signatures }),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return bed;
  }

  /** Serves git over SSH as well; answers the port. */
  async startSsh(): Promise<number> {
    const { controlPlane, repositories } = this;
    const { client, logger } = controlPlane;
    const index = new KeyIndex(client, () => {});
    index.start();
    const server = new SshServer({
      ...{ client, index, logger, repositories },
      access: new RepositoryAccess(controlPlane),
      use: this.keyUse,
      wake: controlPlane.wake,
      moved: () => {},
      hostKey: new ServerKey(join(repositories.root, '.keys', 'host'), 'krate'),
      host: '127.0.0.1',
      port: 0,
    });
    this.ssh = { server, index, port: await server.start() };
    return this.ssh.port;
  }

  /** Makes a key pair below the bed's directory; answers the private file and the public line. */
  async keyPair(name: string): Promise<{ file: string; publicKey: string }> {
    const pair = new ServerKey(join(this.directory, 'keys', name), name);
    return { file: pair.file, publicKey: (await pair.pair()).publicKey };
  }

  sshUrl(repository: string): string {
    return `ssh://git@127.0.0.1:${this.ssh!.port}/acme/${repository}.git`;
  }

  /** The environment in which a person's git uses this key and nothing else of the machine. */
  sshEnvironment(file: string): Record<string, string> {
    const options = [
      'IdentitiesOnly=yes',
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'LogLevel=ERROR',
    ];
    const args = options.map(option => `-o ${option}`).join(' ');
    return { GIT_SSH_COMMAND: `ssh -F none -i ${file} ${args} -o BatchMode=yes` };
  }

  async stop(): Promise<void> {
    this.ssh?.index.stop();
    await this.ssh?.server.stop();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Adds an object, as if it were stored. */
  add(kind: Kind, name: string, spec: object, rest: { metadata?: object; status?: object } = {}): any {
    this.uid += 1;
    const metadata = { name, namespace: NAMESPACE, uid: `uid-${this.uid}`, generation: 1, ...rest.metadata };
    const object = {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata,
      spec: kind.spec.parse(spec),
      status: rest.status,
    };
    this.objects.set(`${kind.plural}/${name}`, object);
    this.changes.emit(kind.plural, { type: 'ADDED', object });
    return object;
  }

  async createRepository(name: string, files?: InitialFile[]): Promise<void> {
    const initialize = files && { message: 'Initial commit', files };
    await createRepository(this.repositories, {
      namespace: NAMESPACE,
      repository: name,
      uid: 'uid-1',
      defaultBranch: 'main',
      initialize,
    });
  }

  url(repository: string, user?: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://${user ? `${user}:token-${user}@` : ''}127.0.0.1:${port}/git/acme/${repository}.git`;
  }

  /** Reads a path of the area's routes as a person. */
  async read(
    path: string,
    user?: string,
    headers: Record<string, string> = {},
  ): Promise<globalThis.Response> {
    const authorization = user && `Basic ${Buffer.from(`${user}:token-${user}`).toString('base64')}`;
    const { port } = this.server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/api/krate/forge/acme/${path}`, {
      headers: { ...headers, ...(authorization ? { authorization } : {}) },
    });
  }

  /** Runs the git of a person in a directory of theirs; gives both outputs, and the exit code. */
  async client(args: string[], cwd = this.directory, env: Record<string, string> = {}) {
    const identity = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@acme.example',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@acme.example',
    };
    const result = await this.git.run(args, { cwd, env: { ...identity, ...env }, okCodes: [0, 1, 128] });
    return { exitCode: result.exitCode, stdout: result.stdout.toString(), stderr: result.stderr };
  }

  async commitFile(work: string, path: string, content: string, message = `Change ${path}`): Promise<string> {
    await writeFile(join(work, path), content);
    await this.client(['add', '--all'], work);
    await this.client(['commit', '--quiet', '-m', message], work);
    return (await this.client(['rev-parse', 'HEAD'], work)).stdout.trim();
  }

  readonly controlPlane = {
    baseUrl: 'http://krate.test',
    audit: async (entry: AuditEntry) => void this.audit.push(entry),
    wake: (kind: Kind, { name }: { name: string }) => void this.woken.push(`${kind.kind}/${name}`),
    logger: { debug() {}, info() {}, warn() {}, error() {}, child: () => this.controlPlane.logger } as any,
    authenticate: async (request: any): Promise<Principal> => {
      const header: string | undefined = request.headers.authorization;
      if (!header) return { type: 'anonymous' };
      const [user, password] = Buffer.from(header.replace('Basic ', ''), 'base64').toString().split(':');
      if (password !== `token-${user}`) throw new Error('bad token');
      return this.principals[user] ?? { type: 'user', name: user };
    },
    authorize: async (principal: Principal, attributes: AccessAttributes) => {
      const role = principal.type === 'user' ? this.roles[principal.name] : undefined;
      const ruled = repositoryAuthorization.decide(principal, attributes, {
        roleIn: () => role,
        belongs: () => principal.type === 'user' && principal.name !== 'nobodys',
        membership: () => (principal.type === 'user' ? { user: principal.name, teams: [] } : undefined),
        objects: resource => this.all(resource),
      });
      const byRole = role !== undefined && ['get', 'list', 'watch'].includes(attributes.verb);
      // As the control plane's authorizer does: a credential's limits come before every right of its person.
      const limited = principal.type === 'user' && principal.limits?.readOnly && attributes.verb === 'push';
      const allowed = !limited && ruled?.decision !== 'deny' && (byRole || ruled?.decision === 'allow');
      return { allowed, reason: ruled?.reason ?? 'Ask an admin of the organization for a role' };
    },
    client: {
      get: async (kind: Kind, { name }: { name: string }) => this.objects.get(`${kind.plural}/${name}`),
      list: async (kind: Kind, options?: { fields?: Record<string, string> }) => ({
        items: this.all(kind.plural).filter(object =>
          Object.entries(options?.fields ?? {}).every(
            ([path, value]) => path.split('.').reduce((at: any, part) => at?.[part], object) === value,
          ),
        ),
        resourceVersion: '1',
      }),
      watch: (kind: Kind, options: { signal: AbortSignal }) => this.follow(kind, options.signal),
    } as any,
  };

  private async *follow(kind: Kind, signal: AbortSignal) {
    const later = on(this.changes, kind.plural, { signal });
    for (const object of this.all(kind.plural)) yield { type: 'ADDED', object };
    for await (const [event] of later) yield event;
  }

  all(plural: string): any[] {
    return [...this.objects].filter(([key]) => key.startsWith(`${plural}/`)).map(([, object]) => object);
  }
}
