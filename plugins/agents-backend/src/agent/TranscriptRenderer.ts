import type { AcpEvent } from '../process';
import { redact } from './redact';

type Update = Extract<AcpEvent, { type: 'update' }>['update'];
type ToolUpdate = Extract<Update, { sessionUpdate: 'tool_call' | 'tool_call_update' }>;

/** A line of a transcript without its time; `o` is the place in the journal that it covers. */
export type TranscriptLine = { o: number; type: string } & Record<string, unknown>;

/** A paragraph that is still open is held back to this length, so that a transcript has lines and not syllables. */
const LONGEST_PIECE = 2000;

/**
 * Turns what happens in a conversation into lines of a transcript. Fed the same events it gives the same lines, whether or
 * not the backend was restarted in between; chunks of a message are joined up to the end of a paragraph.
 */
export class TranscriptRenderer {
  private open?: { type: 'message' | 'thought'; text: string; o: number };
  private readonly shown = new Map<string, { heading: string; outputs: Map<number, string> }>();
  private readonly options = new Map<string, Map<string, string>>();

  /** The lines that an event completes. `decidedBy` names who answered a permission request, by its key. */
  render(event: AcpEvent, decidedBy: (key: string) => string | undefined): TranscriptLine[] {
    if (event.type === 'update') return this.update(event.update, event.offset);
    return [...this.flush(), ...this.other(event, decidedBy)];
  }

  /** The paragraph that is still open. */
  flush(): TranscriptLine[] {
    const { open } = this;
    this.open = undefined;
    return open && open.text !== '' ? [{ o: open.o, type: open.type, text: redact(open.text) }] : [];
  }

  private update(update: Update, o: number): TranscriptLine[] {
    switch (update.sessionUpdate) {
      case 'agent_message_chunk':
        return this.say('message', textOf(update.content), o);
      case 'agent_thought_chunk':
        return this.say('thought', textOf(update.content), o);
      case 'tool_call':
      case 'tool_call_update':
        return [...this.flush(), ...this.tool(update, o)];
      case 'plan':
        return [...this.flush(), { o, type: 'plan', entries: update.entries }];
      default:
        return [];
    }
  }

  private say(type: 'message' | 'thought', text: string, o: number): TranscriptLine[] {
    const before = this.open?.type === type ? [] : this.flush();
    this.open = { type, text: (this.open?.text ?? '') + text, o };
    const complete = this.open.text.endsWith('\n\n') || this.open.text.length >= LONGEST_PIECE;
    return complete ? [...before, ...this.flush()] : before;
  }

  /** Updates repeat what was said before: only what is new becomes a line. */
  private tool(update: ToolUpdate, o: number): TranscriptLine[] {
    const id = update.toolCallId;
    const known = this.shown.get(id) ?? { heading: '{}', outputs: new Map<number, string>() };
    this.shown.set(id, known);
    const { title, kind, status } = {
      ...(JSON.parse(known.heading) as Partial<ToolUpdate>),
      ...present(update),
    };
    const heading = JSON.stringify({ title, kind, status });
    const lines: TranscriptLine[] =
      heading === known.heading
        ? []
        : [{ o, type: 'tool-call', id, title: title && redact(title), kind, status }];
    known.heading = heading;
    return [
      ...lines,
      ...(update.content ?? []).flatMap((content, index) =>
        this.output(known.outputs, { id, o, index, content }),
      ),
    ];
  }

  private output(
    outputs: Map<number, string>,
    {
      id,
      o,
      index,
      content,
    }: { id: string; o: number; index: number; content: NonNullable<ToolUpdate['content']>[number] },
  ): TranscriptLine[] {
    const before = outputs.get(index) ?? '';
    const text = content.type === 'content' ? textOf(content.content) : JSON.stringify(content);
    outputs.set(index, text);
    if (text === before) return [];
    if (content.type === 'diff') {
      const { path, oldText, newText } = content;
      return [
        {
          o,
          type: 'tool-output',
          id,
          path,
          oldText: typeof oldText === 'string' ? redact(oldText) : null,
          newText: redact(newText),
        },
      ];
    }
    if (content.type !== 'content') return [];
    return [
      {
        o,
        type: 'tool-output',
        id,
        text: redact(text.startsWith(before) ? text.slice(before.length) : text),
      },
    ];
  }

  private other(
    event: Exclude<AcpEvent, { type: 'update' }>,
    decidedBy: (key: string) => string | undefined,
  ): TranscriptLine[] {
    const o = event.offset;
    switch (event.type) {
      case 'permission': {
        const { key, toolCall, options } = event.permission;
        this.options.set(key, new Map(options.map(option => [option.optionId, option.kind])));
        return [
          {
            o,
            type: 'permission',
            title: redact(toolCall.title ?? toolCall.toolCallId),
            requestId: key,
            id: toolCall.toolCallId,
          },
        ];
      }
      case 'permission-settled': {
        const kind = this.options.get(event.key)?.get(event.outcome) ?? event.outcome;
        const outcome = kind.replace(/^allow_.*/, 'allowed').replace(/^reject_.*/, 'denied');
        const by = decidedBy(event.key);
        return [{ o, type: 'decision', outcome, ...(by && { by }), requestId: event.key }];
      }
      case 'error':
        return [{ o, type: 'error', code: event.code, text: redact(event.message) }];
      default:
        return [];
    }
  }
}

function textOf(content: { type: string }): string {
  const { text } = content as { text?: unknown };
  return typeof text === 'string' ? text : `[${content.type}]`;
}

function present({ title, kind, status }: ToolUpdate): Partial<ToolUpdate> {
  return Object.fromEntries(
    Object.entries({ title, kind, status }).filter(([, value]) => value !== undefined && value !== null),
  );
}
