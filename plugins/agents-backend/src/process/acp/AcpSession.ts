import type { ContentBlock, McpServer, PermissionOption } from '@agentclientprotocol/sdk';
import path from 'node:path';
import type { AgentProcess } from '../AgentProcess';
import { AgentProcessError } from '../AgentProcessError';
import { JOURNAL_FILE, readJournal } from '../readJournal';
import { RecordQueue } from '../RecordQueue';
import type { JournalRecord } from '../journal';
import type { AcpEvent } from './AcpEvent';
import { initialAcpState, type AcpState, type PendingPermission, type UnansweredRequest } from './AcpState';
import { applyAcpRecord } from './applyAcpRecord';

/** What a conversation is about. The same options must be given to `resume`, in case the backend died before the prompt. */
export interface AcpSessionOptions {
  /** The workspace as the agent sees it: `plan.workspacePath`. */
  cwd: string;
  /** The first prompt. */
  prompt: string | ContentBlock[];
  mcpServers?: McpServer[];
  /**
   * A session of an earlier process to load, as after a lost run. Needs a persistent home and an agent that can; with
   * any other agent a new session is made, which `state.sessionId` shows.
   */
  loadSessionId?: string;
}

/** The answer to a permission request. Krate never picks an `always` on a person's behalf when they said once. */
export type PermissionDecision =
  'allow_once' | 'reject_once' | 'allow_always' | 'reject_always' | 'cancelled';

const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;

/**
 * A conversation over a run's journal. All state is derived from the journal, so a session that is resumed after the
 * backend died knows what was asked and answered before. What to send next follows from the state alone: initialize,
 * then a session, then the prompt; an agent's request for a service that was not offered is refused at once.
 */
export class AcpSession implements AsyncIterable<AcpEvent> {
  private readonly current: AcpState = initialAcpState();
  private readonly queue = new RecordQueue<AcpEvent>(
    Number.POSITIVE_INFINITY,
    () => {},
    () => {},
  );
  /** What was sent but is not back from the journal yet. */
  private readonly inFlight = new Set<string>();
  private live = false;

  private constructor(
    private readonly process: AgentProcess,
    private readonly options: AcpSessionOptions,
  ) {}

  /** Begins a conversation with a process launched just now. */
  static start(process: AgentProcess, options: AcpSessionOptions): Promise<AcpSession> {
    return AcpSession.resume(process, options);
  }

  /**
   * Takes up a conversation where its journal says it is. Events are told from `fromOffset` on (0: all of them again);
   * `state` covers the whole journal. The process is to be attached with the offset 0.
   */
  static async resume(
    process: AgentProcess,
    options: AcpSessionOptions,
    fromOffset = 0,
  ): Promise<AcpSession> {
    const session = new AcpSession(process, options);
    await session.replay(fromOffset);
    session.live = true;
    await session.drive();
    void session.follow();
    return session;
  }

  /** What is known now. Do not change it. */
  get state(): Readonly<AcpState> {
    return this.current;
  }

  /** What happens, in order; ends with the process. One reader. */
  [Symbol.asyncIterator](): AsyncIterator<AcpEvent> {
    return this.queue[Symbol.asyncIterator]();
  }

  /**
   * Answers a permission request by its key. False when nobody waits for the answer any more, which is no mistake:
   * a turn may end while a person thinks.
   *
   * @throws AgentProcessError NO_SUCH_OPTION when the agent does not offer what was decided
   */
  async answer(key: string, decision: PermissionDecision): Promise<boolean> {
    const permission = this.current.pendingPermissions.find(pending => pending.key === key);
    if (!permission || this.inFlight.has(key)) return false;
    const result = {
      outcome:
        decision === 'cancelled'
          ? { outcome: 'cancelled' }
          : { outcome: 'selected', optionId: optionFor(permission, decision).optionId },
    };
    return this.unlessEnded(() => this.once(key, { id: permission.id, result }));
  }

  /** Asks the next thing once a turn ended. @throws AgentProcessError ACP_PROTOCOL while a turn runs */
  async prompt(prompt: string | ContentBlock[]): Promise<void> {
    const { phase, sessionId, turnsEnded } = this.current;
    if (phase !== 'ready' || turnsEnded === 0 || this.inFlight.has(promptKey(turnsEnded))) {
      throw new AgentProcessError(
        'ACP_PROTOCOL',
        `A prompt is possible between turns only; the conversation is ${phase}`,
        { remedy: 'Wait for turn-ended' },
      );
    }
    await this.request(promptKey(turnsEnded), 'session/prompt', { sessionId, prompt: blocksOf(prompt) });
  }

  /** Asks the agent to end its turn, and answers what it waits for with `cancelled`, as the protocol demands. */
  async cancel(): Promise<void> {
    if (this.current.phase !== 'prompting') return;
    await this.unlessEnded(() =>
      this.send({ method: 'session/cancel', params: { sessionId: this.current.sessionId } }),
    );
    for (const { key } of this.current.pendingPermissions) await this.answer(key, 'cancelled');
  }

  /** Ends the agent's input: an agent with nothing more to hear exits by itself. */
  close(): Promise<void> {
    return this.process.closeInput();
  }

  private async replay(fromOffset: number) {
    for await (const record of readJournal(path.join(this.process.runDirectory, JOURNAL_FILE)))
      this.take(record, fromOffset);
  }

  private async follow() {
    try {
      for await (const record of this.process) {
        if (record.offset <= this.current.offset) continue; // replayed already
        this.take(record, 0);
        await this.drive();
      }
      this.queue.end();
    } catch (error) {
      this.queue.end(error);
    }
  }

  private take(record: JournalRecord, fromOffset: number) {
    for (const event of applyAcpRecord(this.current, record)) {
      if (event.offset > fromOffset) this.queue.push(event);
    }
  }

  /** Sends what the state calls for. Level-based: called after every record, it does nothing when nothing is due. */
  private async drive() {
    if (!this.live || this.current.phase === 'exited') return;
    await this.unlessEnded(async () => {
      for (const request of this.current.unanswered) await this.refuse(request);
      for (const pending of this.current.pendingPermissions)
        if (pending.withdrawn) await this.answer(pending.key, 'cancelled');
      await this.advance();
    });
  }

  /** False when the process ended in between: its exit record follows and says why. */
  private async unlessEnded(action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      if (error instanceof AgentProcessError && error.code === 'NOT_RUNNING') return false;
      throw error;
    }
  }

  private async advance() {
    const { phase, outstanding, sessionId, turnsEnded } = this.current;
    if (outstanding.length > 0) return;
    if (phase === 'starting') {
      // neither files nor terminals are offered: the agent works in its own sandbox, under its own limits
      const clientCapabilities = { fs: { readTextFile: false, writeTextFile: false }, terminal: false };
      await this.request('initialize', 'initialize', {
        protocolVersion: 1,
        clientCapabilities,
        clientInfo: { name: 'krate', title: 'Krate', version: '1' },
      });
    }
    if (phase === 'initialized') await this.openSession();
    if (phase === 'ready' && turnsEnded === 0)
      await this.request(promptKey(0), 'session/prompt', {
        sessionId,
        prompt: blocksOf(this.options.prompt),
      });
  }

  private openSession(): Promise<void> {
    const { cwd, mcpServers = [], loadSessionId } = this.options;
    if (loadSessionId === undefined || !this.current.loadSession)
      return this.request('session/new', 'session/new', { cwd, mcpServers });
    return this.request('session/load', 'session/load', { sessionId: loadSessionId, cwd, mcpServers });
  }

  private request(key: string, method: string, params: object): Promise<void> {
    return this.once(key, { id: this.current.nextRequestId, method, params });
  }

  private refuse({ id, method, problem, offset }: UnansweredRequest): Promise<void> {
    const error = problem
      ? { code: INVALID_PARAMS, message: problem }
      : { code: METHOD_NOT_FOUND, message: `${method} is not offered` };
    return this.once(`refuse:${offset}`, { id, error });
  }

  /** The same thing is not sent twice while its record is under way; a failed sending may be tried again. */
  private async once(key: string, message: object): Promise<void> {
    if (this.inFlight.has(key)) return;
    this.inFlight.add(key);
    try {
      await this.send(message);
    } catch (error) {
      this.inFlight.delete(key);
      throw error;
    }
  }

  private send(message: object): Promise<void> {
    return this.process.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}

function promptKey(turnsEnded: number): string {
  return `prompt:${turnsEnded}`;
}

function blocksOf(prompt: string | ContentBlock[]): ContentBlock[] {
  return typeof prompt === 'string' ? [{ type: 'text', text: prompt }] : prompt;
}

function optionFor(permission: PendingPermission, decision: PermissionDecision): PermissionOption {
  const option = permission.options.find(candidate => candidate.kind === decision);
  if (option) return option;
  const offered = permission.options.map(candidate => candidate.kind).join(', ');
  throw new AgentProcessError(
    'NO_SUCH_OPTION',
    `The agent does not offer ${decision}; it offers ${offered}`,
    {
      field: 'decision',
      remedy: 'Decide for one of these, or cancel',
    },
  );
}
