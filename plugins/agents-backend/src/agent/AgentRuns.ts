import { hostname } from 'node:os';
import { join } from 'node:path';
import { EffectAborted, EffectContext, EffectError, Observation } from '@krate/controller-runtime';
import { AgentDispatchAttempt } from '@krate/plugin-agents-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { GitRepositories } from '@krate/plugin-forge-node';
import {
  AgentProcess,
  AgentProcessError,
  EgressProxy,
  EgressProxyOptions,
  Isolation,
  PermissionDecision,
  readJournal,
  readRunState,
  reduceAcpJournal,
  removeRunDirectory,
  Sandbox,
  SandboxSpec,
  UidPool,
} from '../process';
import { bringWorkBack } from '../takeback/bringWorkBack';
import { AgentRunInput, AgentRunProgress, AgentRunResult } from './AgentRunTypes';
import { grantedFiles, programOf } from './launchPlan';
import { Layout } from './Layout';
import { LiveAgent } from './LiveAgent';
import { Notes, RunNotes } from './RunNotes';
import { TranscriptWriter } from './TranscriptWriter';

export interface AgentRunsOptions {
  controlPlane: Pick<ControlPlane, 'streams' | 'secrets' | 'logger'>;
  repositories: GitRepositories;
  layout: Layout;
  isolation: Isolation;
  /** Answers an agent's calls to its model. */
  modelRoute?(
    input: AgentRunInput,
    agent: () => LiveAgent | undefined,
  ): NonNullable<EgressProxyOptions['modelRoute']>;
}

/**
 * The agents of this host. An agent belongs to its shim; this only attaches, so everything here may die at any moment and
 * be done again: launching is safe to repeat, the transcript knows what it has, the work is brought back anew, and the
 * result is written last.
 */
export class AgentRuns {
  private readonly live = new Map<string, LiveAgent>();
  private readonly uids: UidPool;

  constructor(private readonly options: AgentRunsOptions) {
    this.uids = new UidPool(options.layout.uids, options.layout.uidRange);
  }

  async observe({ attemptUid }: AgentRunInput): Promise<Observation<AgentRunResult>> {
    const directory = this.options.layout.runDirectory(attemptUid);
    const result = await new RunNotes(directory).readResult();
    if (result) return { state: 'done', result };
    const { phase } = await readRunState(directory);
    return { state: phase === 'absent' ? 'absent' : 'running' };
  }

  /** Launches or takes up again; resolves when the agent has ended and its work is back. */
  async perform(input: AgentRunInput, ctx: EffectContext<AgentRunProgress>): Promise<AgentRunResult> {
    const directory = this.options.layout.runDirectory(input.attemptUid);
    const store = new RunNotes(directory);
    // Before the agent, which may call its model at once, and at the same place again after a restart.
    const proxy = needsEgress(input) ? await this.openEgress(input) : undefined;
    try {
      const { process, notes } = await this.launchOrAttach(input, store, ctx.signal);
      const transcript = await TranscriptWriter.open(this.options.controlPlane.streams, transcriptKey(input));
      const parts = {
        process,
        transcript,
        notes,
        store,
        node: hostname(),
        report: (progress: AgentRunProgress) => ctx.report(progress),
      };
      const agent = await LiveAgent.attach(input, parts);
      this.live.set(input.attemptUid, agent);
      const ending = await this.untilEnded(agent, ctx.signal);
      await process.destroy();
      const patch = ending.outcome === 'Succeeded' ? await this.bringBack(input, notes) : undefined;
      const summary = await transcript.end(ending.reason, ending.message);
      const result: AgentRunResult = {
        ...agent.progress,
        questions: [],
        ...ending,
        ...(patch && { patch }),
        transcript: summary,
      };
      await store.writeResult(result);
      await this.uids.release(input.attemptUid);
      return result;
    } finally {
      this.live.delete(input.attemptUid);
      await proxy?.close();
    }
  }

  /** The agent that this process is attached to. */
  find(attemptUid: string): LiveAgent | undefined {
    return this.live.get(attemptUid);
  }

  /** Whether an answer has reached the agent, or nobody waits for it any more. */
  async isAnswered(attemptUid: string, requestId: string): Promise<boolean> {
    const directory = this.options.layout.runDirectory(attemptUid);
    if ((await readRunState(directory)).phase !== 'running') return true;
    const records = [];
    for await (const record of readJournal(join(directory, 'journal.ndjson'))) records.push(record);
    return !reduceAcpJournal(records).pendingPermissions.some(({ key }) => key === requestId);
  }

  /** @throws EffectError agent-not-attached while a restarted backend is still on its way to the agent */
  async answer(
    attemptUid: string,
    requestId: string,
    decision: PermissionDecision,
    by?: string,
  ): Promise<boolean> {
    const agent = this.live.get(attemptUid);
    if (!agent)
      throw new EffectError('agent-not-attached', 'This process is not attached to the agent yet', true);
    return agent.answer(requestId, decision, by);
  }

  /** Ends what is left of an attempt and removes its files. */
  async remove(attemptUid: string): Promise<void> {
    const directory = this.options.layout.runDirectory(attemptUid);
    if ((await readRunState(directory)).phase !== 'absent')
      await (await AgentProcess.attach(directory, 0)).destroy();
    await removeRunDirectory(directory);
    await this.uids.release(attemptUid);
  }

  private async launchOrAttach(
    input: AgentRunInput,
    store: RunNotes,
    signal: AbortSignal,
  ): Promise<{ process: AgentProcess; notes: Notes }> {
    const directory = this.options.layout.runDirectory(input.attemptUid);
    const { phase } = await readRunState(directory);
    const known = await store.read();
    if (phase !== 'absent' && known)
      return { process: await AgentProcess.attach(directory, 0), notes: known };
    if (signal.aborted) throw signal.reason;
    try {
      return await this.launch(input, store, directory);
    } catch (error) {
      if (!(error instanceof AgentProcessError)) throw error;
      const { remedy } = error.details;
      throw new EffectError(error.code, remedy ? `${error.message}. ${remedy}` : error.message);
    }
  }

  private async launch(
    input: AgentRunInput,
    store: RunNotes,
    runDirectory: string,
  ): Promise<{ process: AgentProcess; notes: Notes }> {
    const { isolation, controlPlane } = this.options;
    const { launch } = input;
    const spec = {
      ...(await this.place(input)),
      trusted: launch.trusted,
      ...(await programOf(input, this.options.layout)),
      files: await grantedFiles(input, controlPlane.secrets),
      ...(needsEgress(input) && { egressDirectory: egressDirectory(runDirectory) }),
    };
    const plan = await new Sandbox(spec).prepare(); // refuses what may not run without isolation
    const now = Date.now();
    const notes: Notes = {
      startedAt: new Date(now).toISOString(),
      isolation: {
        mechanism: isolation.mechanism,
        enforced: isolation.enforced,
        notEnforced: isolation.notEnforced,
      },
      workspacePath: plan.workspacePath,
      deadlineAt: now + launch.maxDurationSeconds * 1000,
    };
    await store.write(notes);
    return {
      process: await AgentProcess.launch({
        runId: input.attemptUid,
        runDirectory,
        plan,
        deadlineAt: notes.deadlineAt,
      }),
      notes,
    };
  }

  /** Where an attempt works: the same for the agent and for git after it. */
  private async place(
    input: AgentRunInput,
  ): Promise<Omit<SandboxSpec, 'command' | 'trusted'> & { gitObjects: string[] }> {
    const { layout, repositories, isolation } = this.options;
    const uid = process.getuid?.() === 0 ? await this.uids.acquire(input.attemptUid) : undefined;
    return {
      isolation,
      workspace: { path: layout.workspace(input.workspaceUid) },
      gitObjects: [join(repositories.directory(input), 'objects')],
      stateDirectory: layout.runDirectory(input.attemptUid),
      dataDirectory: layout.dataDirectory,
      ...(uid !== undefined && { uid }),
    };
  }

  private async openEgress(input: AgentRunInput): Promise<EgressProxy> {
    const { layout, controlPlane, modelRoute } = this.options;
    const uid = process.getuid?.() === 0 ? await this.uids.acquire(input.attemptUid) : undefined;
    const route = input.launch.provider
      ? modelRoute?.(input, () => this.live.get(input.attemptUid))
      : undefined;
    return EgressProxy.listen({
      directory: egressDirectory(layout.runDirectory(input.attemptUid)),
      ...(uid !== undefined && { uid }),
      allow: input.launch.allowHosts.map(hostAndPort),
      ...(route && { modelRoute: route }),
      onDecision: ({ kind, target, allowed, reason }) => {
        if (!allowed)
          controlPlane.logger.info(
            `Run ${input.namespace}/${input.run} may not reach ${kind} ${target.slice(0, 200)}: ${reason}`,
          );
      },
    });
  }

  private async untilEnded(agent: LiveAgent, signal: AbortSignal) {
    const letGo = new Promise<never>((_, reject) => {
      const onAbort = () => {
        if (signal.reason instanceof EffectAborted && signal.reason.why === 'cancel') {
          agent.cancel().catch(reject);
          return;
        }
        agent.detach();
        reject(signal.reason);
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
    const ended = agent.follow();
    ended.catch(() => undefined); // it ends by itself after a detach; the abort is what is told
    return Promise.race([ended, letGo]);
  }

  private async bringBack(input: AgentRunInput, notes: Notes) {
    const { layout, repositories } = this.options;
    const place = await this.place(input);
    return bringWorkBack({
      ...place,
      workspace: place.workspace.path,
      gitObjects: place.gitObjects[0]!,
      dataDirectory: layout.dataDirectory,
      git: repositories.git,
      quarantine: layout.quarantine(input.attemptUid),
      patchFile: layout.patch(input.attemptUid),
      baseSha: input.baseSha,
      message: {
        subject: subjectOf(input.launch.prompt),
        author: input.launch.author,
        runUid: input.runUid,
        at: new Date(notes.startedAt),
      },
    });
  }
}

export function transcriptKey({
  namespace,
  attempt,
  attemptUid,
}: Pick<AgentRunInput, 'namespace' | 'attempt' | 'attemptUid'>) {
  return {
    resource: AgentDispatchAttempt.plural,
    namespace,
    name: attempt,
    uid: attemptUid,
    stream: 'transcript',
  };
}

function egressDirectory(runDirectory: string): string {
  return join(runDirectory, 'egress');
}

function needsEgress({ launch }: AgentRunInput): boolean {
  return launch.provider !== undefined || launch.allowHosts.length > 0;
}

function hostAndPort(entry: string): { host: string; port: number } {
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { host: host ?? entry, port: Number(port ?? 443) };
}

/** The last paragraph of a prompt is the task; its first line, at most 72 characters, is what the commit is called. */
function subjectOf(prompt: string): string {
  const task = prompt.trim().split('\n\n').at(-1) ?? '';
  const line = (task.split('\n').find(text => text.trim() !== '') ?? 'Work of an agent').trim();
  return line.length <= 72 ? line : `${line.slice(0, 71)}…`;
}
