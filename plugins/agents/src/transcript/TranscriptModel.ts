import { parseEvent, PlanEntry, TranscriptEvent } from './events';

export interface Edit {
  path: string;
  /** Absent: the file is new. */
  oldText?: string;
  newText: string;
}

interface Base {
  /** Stable while the transcript grows. */
  key: string;
  /** When it began, as the backend stamped it. */
  at?: string;
}

export type ToolItem = Base & {
  kind: 'tool';
  id: string;
  title: string;
  toolKind?: string;
  status?: string;
  output: string;
  edits: readonly Edit[];
  /** It was asked for; with who answered what, once somebody did. */
  question?: { requestId?: string; outcome?: string; by?: string };
};

/** What a reader sees: one block for each message, tool call, question and plan, however many events made it. */
export type TranscriptItem =
  | (Base & { kind: 'message' | 'thought'; text: string })
  | ToolItem
  | (Base & { kind: 'permission'; title: string; requestId?: string; outcome?: string; by?: string })
  | (Base & { kind: 'plan'; entries: readonly PlanEntry[] })
  | (Base & { kind: 'error'; text: string; code?: string })
  | (Base & { kind: 'ended'; reason: string; text?: string })
  | (Base & { kind: 'unreadable'; text: string });

export interface TranscriptView {
  items: readonly TranscriptItem[];
  usage: { inputTokens?: number; outputTokens?: number; costUsd?: number };
  ended?: string;
}

const FINAL = new Set(['completed', 'failed', 'cancelled', 'rejected']);
const isFinal = (status: string | undefined) => status !== undefined && FINAL.has(status);
const idOf = (id: string | number | undefined) => (id === undefined ? undefined : String(id));

/**
 * Makes a view of transcript events, one batch of lines after the other: the work of a batch depends on its size and not
 * on what came before. Items are replaced, never changed in place, so that a reader can compare them by identity.
 */
export class TranscriptModel {
  private items: TranscriptItem[] = [];
  private readonly tools = new Map<string, number>();
  private plan?: number;
  private usage: TranscriptView['usage'] = {};
  private ended?: string;
  private consumed = 0;
  private view: TranscriptView = { items: [], usage: {} };

  /** Takes the lines it has not seen of a list that only grows; a list that got shorter starts over. */
  update(lines: readonly string[]): TranscriptView {
    if (lines.length < this.consumed) this.reset();
    if (lines.length === this.consumed) return this.view;
    for (; this.consumed < lines.length; this.consumed++) this.take(lines[this.consumed]);
    this.view = { items: [...this.items], usage: this.usage, ended: this.ended };
    return this.view;
  }

  private reset() {
    this.items = [];
    this.tools.clear();
    this.plan = undefined;
    this.usage = {};
    this.ended = undefined;
    this.consumed = 0;
  }

  private take(line: string) {
    const event = parseEvent(line);
    if (event) this.apply(event);
    else if (line.trim()) this.push({ kind: 'unreadable', text: line });
  }

  private apply(event: TranscriptEvent) {
    const at = timeOf(event.t);
    switch (event.type) {
      case 'message':
      case 'thought':
        return this.say(event.type, event.text, at);
      case 'tool-call':
        return this.call(event, at);
      case 'tool-output':
        return this.output(event, at);
      case 'permission':
        return this.ask(event, at);
      case 'decision':
        return this.decide(event, at);
      case 'plan':
        return this.planned(event.entries, at);
      case 'usage': {
        const { inputTokens, outputTokens, costUsd } = event;
        this.usage = defined(this.usage, { inputTokens, outputTokens, costUsd });
        return undefined;
      }
      case 'ended':
        this.ended = event.reason;
        return this.push({ kind: 'ended', reason: event.reason, text: event.text, at });
      case 'error':
        return this.push({ kind: 'error', text: event.text, code: event.code, at });
      default:
        // A newer backend may write what this page does not know; the rest stays readable.
        return undefined;
    }
  }

  private push(item: Unkeyed): number {
    this.items.push({ ...item, key: String(this.items.length) } as TranscriptItem);
    return this.items.length - 1;
  }

  /** Agents speak in pieces; the pieces of one utterance are one block. */
  private say(kind: 'message' | 'thought', text: string, at?: string) {
    const last = this.items.at(-1);
    if (last?.kind === kind) this.items[this.items.length - 1] = { ...last, text: joined(last.text, text) };
    else this.push({ kind, text, at });
  }

  /** Output may come before its call when two writers race: whichever is first makes the item. */
  private tool(id: string, at?: string): [number, ToolItem] {
    let index = this.tools.get(id);
    if (index === undefined) {
      index = this.push({ kind: 'tool', id, title: '', output: '', edits: [], at });
      this.tools.set(id, index);
    }
    return [index, this.items[index] as ToolItem];
  }

  private call(event: Extract<TranscriptEvent, { type: 'tool-call' }>, at?: string) {
    const [index, item] = this.tool(event.id, at);
    this.items[index] = defined(item, {
      title: event.title || undefined,
      toolKind: event.kind,
      status: isFinal(item.status) && !isFinal(event.status) ? undefined : event.status,
    });
  }

  private output(event: Extract<TranscriptEvent, { type: 'tool-output' }>, at?: string) {
    const [index, item] = this.tool(event.id, at);
    if (event.path !== undefined) {
      const edit: Edit = {
        path: event.path,
        oldText: event.oldText ?? undefined,
        newText: event.newText ?? '',
      };
      const others = item.edits.filter(({ path, oldText }) => path !== edit.path || oldText !== edit.oldText);
      this.items[index] = { ...item, edits: [...others, edit] };
    } else if (event.text) {
      this.items[index] = { ...item, output: item.output + event.text };
    }
  }

  /** A question about a tool call that is known belongs to it; any other stands for itself. */
  private ask(event: Extract<TranscriptEvent, { type: 'permission' }>, at?: string) {
    const requestId = idOf(event.requestId);
    const index = event.id === undefined ? undefined : this.tools.get(event.id);
    if (index === undefined) this.push({ kind: 'permission', title: event.title, requestId, at });
    else this.items[index] = { ...(this.items[index] as ToolItem), question: { requestId } };
  }

  private decide(event: Extract<TranscriptEvent, { type: 'decision' }>, at?: string) {
    const requestId = idOf(event.requestId);
    const decision = { outcome: event.outcome, by: event.by };
    const index = this.items.findLastIndex(item => {
      const question = questionOf(item);
      return question && !question.outcome && (requestId === undefined || question.requestId === requestId);
    });
    const asked = this.items[index];
    if (!asked)
      this.push({ kind: 'permission', title: 'A question of the agent', requestId, at, ...decision });
    else if (asked.kind === 'tool')
      this.items[index] = { ...asked, question: { ...asked.question, ...decision } };
    else this.items[index] = { ...asked, ...decision } as TranscriptItem;
  }

  /** A plan is told anew each time it changes; the reader wants its present form, where it first stood. */
  private planned(entries: PlanEntry[], at?: string) {
    if (this.plan === undefined) this.plan = this.push({ kind: 'plan', entries, at });
    else this.items[this.plan] = { ...this.items[this.plan], entries } as TranscriptItem;
  }
}

type Unkeyed = TranscriptItem extends infer Item
  ? Item extends TranscriptItem
    ? Omit<Item, 'key'>
    : never
  : never;

function timeOf(t: string | number | undefined): string | undefined {
  return typeof t === 'number' ? new Date(t).toISOString() : t;
}

/** What an item asks, if it asks. */
function questionOf(item: TranscriptItem): ToolItem['question'] {
  if (item.kind === 'tool') return item.question;
  return item.kind === 'permission' ? item : undefined;
}

/** Only what is defined replaces what was there. */
function defined<T extends object>(before: T, change: Partial<T>): T {
  return {
    ...before,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  };
}

/** Whole sentences that come one after the other are paragraphs; pieces of a sentence bring their own spaces. */
function joined(before: string, text: string): string {
  return /[.!?:]$/.test(before) && /^[A-Z*#`-]/.test(text) ? `${before}\n\n${text}` : before + text;
}
