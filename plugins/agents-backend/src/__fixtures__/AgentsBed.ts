/* eslint-disable jest/no-standalone-expect, jest/no-conditional-expect -- used by tests, which wait with it */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { ControllerManager, EffectStore, migrateEffects } from '@krate/controller-runtime';
import {
  AgentAdapter,
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding, Event } from '@krate/plugin-control-plane-common';
import { ControlPlane, StartedArea } from '@krate/plugin-control-plane-node';
import { PullRequest, Repository, RunnerPool } from '@krate/plugin-forge-common';
import { GitRepositories, RefUpdateRequest } from '@krate/plugin-forge-node';
import { Kind } from '@krate/resource-model';
import { agentsInstallation } from '../agentsInstallation';
import { Isolation } from '../process';
import { DefaultingClient } from './DefaultingClient';
import { FakeStreams } from './FakeStreams';

export const NAMESPACE = 'krate-org-acme';
const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@acme.example',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@acme.example',
};

/** The agents area on real reconcilers, effects, git, shims and sandboxes; only the API server behind it is a fake. */
export class AgentsBed {
  readonly data = mkdtempSync('/tmp/krate-agents-');
  readonly client = new DefaultingClient();
  readonly streams = new FakeStreams();
  readonly repositories = new GitRepositories(this.data);
  readonly promoted: RefUpdateRequest[] = [];
  readonly notices: any[] = [];
  readonly log: string[] = [];
  private readonly database: Knex = knexFactory({
    client: 'better-sqlite3',
    connection: join(this.data, 'effects.sqlite'),
    useNullAsDefault: true,
  });
  private manager?: ControllerManager;
  private area?: StartedArea;

  constructor(private readonly isolation: Isolation) {}

  /** A backend comes up. */
  async start(): Promise<void> {
    await migrateEffects(this.database);
    this.repositories.useJudge({
      judge: async request => {
        this.promoted.push(request);
        return [];
      },
    });
    const notifications = { send: async (notice: unknown) => void this.notices.push(notice) };
    const installation = agentsInstallation({
      repositories: this.repositories,
      notifications,
      isolation: this.isolation,
    });
    this.area = await installation.start!(this.controlPlane);
    this.manager = new ControllerManager({
      client: this.client,
      reconcilers: installation.reconcilers!,
      effects: this.area.effects,
      observers: this.area.observers,
      effectStore: new EffectStore(this.database),
      logger: this.controlPlane.logger,
      eventKind: Event,
    });
    await this.manager.start();
  }

  /** The backend goes away and lets go of its agents, which go on. */
  async stop(): Promise<void> {
    await this.area?.stop?.();
    await this.manager?.stop();
  }

  /** Ends every agent that a test left, then everything else. */
  async close(): Promise<void> {
    const { items } = await this.client.list(AgentDispatchRun);
    for (const { metadata } of items) await this.client.delete(AgentDispatchRun, metadata);
    await this.eventually(async () =>
      expect((await this.client.list(AgentDispatchRun)).items).toEqual([]),
    ).catch(() => undefined);
    await this.stop();
    await this.database.destroy();
    await rm(this.data, { recursive: true, force: true });
  }

  /** A bare repository with one commit, and the Repository object. */
  async repository(name: string, files: Record<string, string>): Promise<string> {
    const gitDir = this.repositories.directory({ namespace: NAMESPACE, repository: name });
    mkdirSync(join(gitDir, '..'), { recursive: true, mode: 0o700 });
    const { git } = this.repositories;
    await git.run(['init', '--quiet', '--bare', '--initial-branch=main', gitDir]);
    await git.run(['config', 'core.hooksPath', await this.repositories.hooksDirectory()], { gitDir });
    const env = { ...identity, GIT_INDEX_FILE: join(this.data, `${name}.index`) };
    for (const [path, content] of Object.entries(files)) {
      const blob = await git.text(['hash-object', '-w', '--stdin'], { gitDir, input: content });
      await git.run(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { gitDir, env });
    }
    const tree = await git.text(['write-tree'], { gitDir, env });
    const sha = await git.text(['commit-tree', tree, '-m', 'A program'], { gitDir, env });
    await git.run(['update-ref', 'refs/heads/main', sha], { gitDir });
    await this.add(Repository, name, {});
    return sha;
  }

  /** A stack whose agent does what `.krate/fix.json` in the repository says. */
  async stack(options: {
    repository: string;
    profile?: object;
    pool?: object;
    trusted?: boolean;
    stack?: object;
  }): Promise<void> {
    const { repository, profile = {}, pool = {}, trusted = true, stack = {} } = options;
    await this.add(RunnerPool, 'local', { warmReplicas: 0, maxReplicas: 2, trustTier: 'trusted', ...pool });
    await this.add(AgentAdapter, 'scripted', {
      adapterType: 'subprocess',
      transport: 'stdio',
      command: ['krate:scripted-agent', '.krate/fix.json'],
      trusted,
    });
    await this.add(AgentToolProfile, 'careful', {
      filesystemPolicy: 'workspace-write',
      approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', '*': 'prompt' },
      ...profile,
    });
    await this.add(AgentServiceAccount, 'fixer', {
      serviceAccountName: 'fixer',
      allowedRepositories: [repository],
    });
    await this.add(AgentRoleBinding, 'fixer-repairs', {
      subject: { kind: 'AgentServiceAccount', name: 'fixer' },
      scope: { kind: 'repository', name: repository },
      roleRef: { name: 'krate-agent-repository-repair' },
    });
    await this.add(AgentStack, 'fixer', {
      displayName: 'Fixer (scripted)',
      baseAgent: 'scripted',
      adapter: 'scripted',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      toolProfileRef: 'careful',
      runnerPool: 'local',
      ...stack,
    });
  }

  async add(kind: Kind, name: string, spec: object): Promise<any> {
    return this.client.create(kind, { metadata: { name, namespace: NAMESPACE }, spec } as never);
  }

  dispatch(name: string, spec: object = {}): Promise<any> {
    return this.add(AgentDispatchRun, name, {
      repository: 'web',
      agentStack: 'fixer',
      task: 'Make the test pass.',
      requestedBy: 'ada',
      ...spec,
    });
  }

  run(name: string): Promise<any> {
    return this.client.get(AgentDispatchRun, { namespace: NAMESPACE, name });
  }

  attempt(name: string): Promise<any> {
    return this.client.get(AgentDispatchAttempt, { namespace: NAMESPACE, name: `${name}-1` });
  }

  /** Waits until a run has a phase; a run that ended otherwise fails at once. */
  async phase(name: string, wanted: string): Promise<any> {
    const over = ['Completed', 'Failed', 'Cancelled'];
    for (const until = Date.now() + 30_000; ; await new Promise(resolve => setTimeout(resolve, 20))) {
      const run = await this.run(name);
      if (run?.status?.phase === wanted) return run;
      if (over.includes(run?.status?.phase) || Date.now() > until) {
        throw new Error(
          `${name} is not ${wanted}: ${JSON.stringify(run?.status, null, 1)}\n${JSON.stringify((await this.attempt(name))?.status)}\n${this.log.slice(-20).join('\n')}`,
        );
      }
    }
  }

  /** The open question with this name, once it is asked. */
  async question(name: string): Promise<any> {
    let found: any;
    await this.eventually(async () => {
      found = await this.client.get(AgentApproval, { namespace: NAMESPACE, name });
      expect(found?.status?.phase).toBe('Pending');
    });
    return found;
  }

  decide(name: string, decision: 'approve' | 'deny', by = 'bob'): Promise<unknown> {
    return this.client.patch(
      AgentApproval,
      { namespace: NAMESPACE, name },
      { spec: { decision, decidedBy: by, decidedAt: new Date().toISOString() } },
    );
  }

  async pullRequests(): Promise<any[]> {
    return (await this.client.list(PullRequest)).items;
  }

  async transcript(run: string): Promise<any[]> {
    const { name, uid } = (await this.attempt(run)).metadata;
    const { data } = await this.streams.read({
      resource: 'agentdispatchattempts',
      namespace: NAMESPACE,
      name,
      uid,
      stream: 'transcript',
    });
    return data
      .toString()
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  async eventually(check: () => Promise<unknown>, timeout = 20_000): Promise<void> {
    for (const until = Date.now() + timeout; ; await new Promise(resolve => setTimeout(resolve, 20))) {
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > until)
          throw new Error(`${(error as Error).message}\n${this.log.slice(-30).join('\n')}`);
      }
    }
  }

  private readonly controlPlane = {
    client: this.client,
    streams: this.streams,
    dataDirectory: this.data,
    baseUrl: 'http://krate.test',
    secrets: { readSecret: async () => undefined },
    wake: (...args: Parameters<ControllerManager['wake']>) => this.manager?.wake(...args),
    logger: this.logger(),
  } as unknown as ControlPlane;

  private logger(): ControlPlane['logger'] {
    const keep = (line: string, meta?: unknown) => void this.log.push(`${line.split('\n')[0]} ${meta ?? ''}`);
    const logger = {
      error: keep,
      warn: keep,
      info: () => undefined,
      debug: () => undefined,
      child: () => logger,
    };
    return logger as never;
  }
}
