import { setTimeout as sleep } from 'node:timers/promises';
import {
  AcpSession,
  AgentProcess,
  AgentProcessError,
  AcpEvent,
  PendingPermission,
  PermissionDecision,
} from '../process';
import { AgentRunInput, AgentRunProgress, AgentRunResult, OpenQuestion, TokenUsage } from './AgentRunTypes';
import { describeToolCall } from './describeToolCall';
import { judgeToolCall } from './judgeToolCall';
import { outcomeOf } from './outcomeOf';
import { Notes, RunNotes } from './RunNotes';
import { TranscriptRenderer } from './TranscriptRenderer';
import { TranscriptWriter } from './TranscriptWriter';

/** How long an agent may take to leave once its turn has ended. */
const LEAVE_MS = 5_000;

type Report = (progress: AgentRunProgress) => Promise<void>;
type Ending = Pick<AgentRunResult, 'outcome' | 'reason' | 'message'>;

/**
 * One agent that this backend is attached to: writes what happens into the transcript, answers what the tool profile
 * decides, and keeps the other questions open for people. All it knows comes from the journal and the notes beside it, so
 * that a backend that attaches later goes on where this one stopped.
 */
export class LiveAgent {
  private readonly renderer = new TranscriptRenderer();
  private readonly answered = new Set<string>();
  private readonly deciders = new Map<string, string>();
  private questions: OpenQuestion[] = [];
  private reported = '';

  private constructor(
    private readonly input: AgentRunInput,
    private readonly parts: {
      process: AgentProcess;
      session: AcpSession;
      transcript: TranscriptWriter;
      notes: Notes;
      store: RunNotes;
      node: string;
      report: Report;
    },
  ) {}

  static async attach(
    input: AgentRunInput,
    parts: {
      process: AgentProcess;
      transcript: TranscriptWriter;
      notes: Notes;
      store: RunNotes;
      node: string;
      report: Report;
    },
  ): Promise<LiveAgent> {
    // All events are told again, since lines depend on those before; the transcript knows which it has.
    const session = await AcpSession.resume(
      parts.process,
      { cwd: parts.notes.workspacePath, prompt: input.launch.prompt },
      0,
    );
    return new LiveAgent(input, { ...parts, session });
  }

  /** Resolves when the agent has ended, however that came about. */
  async follow(): Promise<Ending> {
    const { session, process } = this.parts;
    await this.judge();
    for await (const event of session) {
      await this.take(event);
      if (event.type === 'turn-ended') this.leave().catch(() => undefined); // then its deadline ends it
      if (event.type === 'error' && event.fatal) await process.cancel();
    }
    await this.parts.transcript.append(this.renderer.flush());
    const state = await process.state();
    return outcomeOf(session.state, state.phase, this.parts.notes.stop);
  }

  /** Brings an answer to the agent. False when nobody waits for it any more. */
  async answer(requestId: string, decision: PermissionDecision, by: string | undefined): Promise<boolean> {
    if (by) this.deciders.set(requestId, by);
    this.answered.add(requestId);
    const delivered = await this.send(requestId, decision);
    await this.judge();
    return delivered;
  }

  /** Ends it: first by asking, then by signal. */
  async cancel(): Promise<void> {
    await this.parts.session.cancel();
    await this.parts.process.cancel();
  }

  /** Counts tokens; the transcript and the run show them. */
  async use(usage: TokenUsage, call: Record<string, unknown>): Promise<void> {
    const { notes, store, transcript } = this.parts;
    notes.usage = usage;
    await store.write(notes);
    await transcript.note('usage', call);
    await this.tell();
  }

  get usage(): TokenUsage {
    return this.parts.notes.usage ?? { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  }

  /** The budget is used up: remembered first, so that its end has the right reason even after a restart. */
  async stopForBudget(): Promise<void> {
    const { notes, store } = this.parts;
    notes.stop = 'budget';
    await store.write(notes);
    await this.cancel();
  }

  /** Lets go; the agent goes on under its shim. */
  detach(): void {
    this.parts.process.detach();
  }

  get progress(): AgentRunProgress {
    const { session, notes, node } = this.parts;
    const { sessionId, agentInfo } = session.state;
    return {
      node,
      startedAt: notes.startedAt,
      isolation: notes.isolation,
      ...(sessionId && { sessionId }),
      ...(agentInfo && { agentName: agentInfo.name, agentVersion: agentInfo.version }),
      questions: this.questions,
      ...(notes.usage && { usage: notes.usage }),
    };
  }

  private async take(event: AcpEvent): Promise<void> {
    const lines = this.renderer.render(event, key => this.deciders.get(key));
    await this.parts.transcript.append(lines);
    if (event.type !== 'update') await this.judge();
    else await this.tell();
  }

  /** Looks at every open request: level-based, so that it does not matter what was seen before a restart. */
  private async judge(): Promise<void> {
    const { session, notes } = this.parts;
    const open: OpenQuestion[] = [];
    for (const permission of [...session.state.pendingPermissions]) {
      if (this.answered.has(permission.key) || permission.withdrawn) continue;
      const call = describeToolCall(permission, session.state);
      const verdict = judgeToolCall(this.input.launch, call, notes.workspacePath);
      if (verdict.decision === 'ask') {
        open.push(this.questionOf(permission, call, verdict.reasons));
        continue;
      }
      this.answered.add(permission.key);
      this.deciders.set(permission.key, verdict.reasons[0] ?? 'the tool profile');
      await this.send(permission.key, verdict.decision === 'allow' ? 'allow_once' : 'reject_once');
    }
    this.questions = open;
    await this.keepTime(open.length > 0);
    await this.tell();
  }

  private questionOf(
    permission: PendingPermission,
    call: ReturnType<typeof describeToolCall>,
    reasons: string[],
  ): OpenQuestion {
    const asked = this.parts.session.state.transcript.filter(entry => entry.kind === 'permission');
    const { toolCallId, kind, target, title, input } = call;
    const summary = kind === 'execute' ? `Run \`${target}\`` : title;
    return {
      number: asked.findIndex(entry => entry.kind === 'permission' && entry.key === permission.key),
      requestId: permission.key,
      toolCallId,
      kind,
      target,
      summary: summary.slice(0, 2000),
      ...(input !== undefined && { input }),
      reasons,
      askedAt: permission.askedAt,
    };
  }

  /** An agent that does not offer what was decided is told that the request was cancelled: never more than was allowed. */
  private async send(key: string, decision: PermissionDecision): Promise<boolean> {
    try {
      return await this.parts.session.answer(key, decision);
    } catch (error) {
      if (!(error instanceof AgentProcessError) || error.code !== 'NO_SUCH_OPTION') throw error;
      return this.parts.session.answer(key, 'cancelled');
    }
  }

  /** The time in which it waits for a person is not its own: the deadline moves by it. */
  private async keepTime(parked: boolean): Promise<void> {
    const { notes, store, process } = this.parts;
    if (parked === (notes.parkedSince !== undefined)) return;
    if (parked) {
      notes.parkedSince = Math.min(Date.now(), ...this.questions.map(({ askedAt }) => askedAt));
      await store.write(notes);
      await this.moveDeadline(notes.deadlineAt + this.input.launch.approvalExpiryMinutes * 60_000, process);
      return;
    }
    notes.deadlineAt += Date.now() - notes.parkedSince!;
    delete notes.parkedSince;
    await store.write(notes);
    await this.moveDeadline(notes.deadlineAt, process);
  }

  private async moveDeadline(at: number, process: AgentProcess): Promise<void> {
    try {
      await process.moveDeadline(at);
    } catch (error) {
      if (!(error instanceof AgentProcessError) || error.code !== 'NOT_RUNNING') throw error; // it ended in between
    }
  }

  /** A program that speaks no further turn leaves by itself when its input ends; one that does not is ended. */
  private async leave(): Promise<void> {
    const { session, process } = this.parts;
    try {
      await session.close();
    } catch (error) {
      if (!(error instanceof AgentProcessError)) throw error; // it left before it was told to
    }
    await sleep(LEAVE_MS, undefined, { ref: false });
    await process.cancel();
  }

  private async tell(): Promise<void> {
    const progress = this.progress;
    const text = JSON.stringify(progress);
    if (text === this.reported) return;
    this.reported = text;
    await this.parts.report(progress);
  }
}
