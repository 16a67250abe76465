/** A line of a transcript stream; the server says more in it than a terminal shows. */
export interface TranscriptEvent {
  type: string;
  [field: string]: unknown;
}

/** Reads a line; undefined for one that is no event (torn off when a host was lost). */
export function parseEvent(line: string): TranscriptEvent | undefined {
  try {
    const event = JSON.parse(line);
    return typeof event?.type === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a transcript for a person. Answers with undefined for what only machines need: a call of a tool is told when it begins and
 * when it fails; that it went well shows in what comes next.
 */
export function createTranscriptReader(): (event: TranscriptEvent | undefined) => string | undefined {
  const begun = new Set<unknown>();
  return event => {
    if (event?.type !== 'tool-call') return transcriptLine(event);
    const title = text(event.title ?? event.kind ?? 'a tool');
    if (event.status === 'failed') return `✗ ${title}`;
    if (event.id !== undefined && begun.has(event.id)) return undefined;
    begun.add(event.id);
    return `▸ ${title}`;
  };
}

function transcriptLine(event: TranscriptEvent | undefined): string | undefined {
  switch (event?.type) {
    case 'message':
      return text(event.text);
    case 'thought':
      return `… ${text(event.text)}`;
    case 'tool-output':
      return toolOutput(event);
    case 'permission':
      return `? asks: ${text(event.title)}`;
    case 'decision':
      return `! ${text(event.outcome)}${event.by ? ` by ${event.by}` : ''}`;
    case 'ended':
      return `■ ${text(event.reason)}${event.text ? `: ${text(event.text)}` : ''}`;
    default:
      return undefined;
  }
}

function toolOutput({ text: output, path }: TranscriptEvent): string | undefined {
  if (output !== undefined) return text(output);
  return path === undefined ? undefined : `± ${text(path)}`;
}

/** Without the control characters that could paint over what was said before; line ends and tabs stay. */
function text(value: unknown): string {
  // eslint-disable-next-line no-control-regex
  return String(value ?? '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
