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

/** An event as a person reads it; undefined for what only machines need. */
export function transcriptLine(event: TranscriptEvent | undefined): string | undefined {
  switch (event?.type) {
    case 'message':
      return text(event.text);
    case 'thought':
      return `… ${text(event.text)}`;
    case 'tool-call':
      return `▸ ${text(event.title ?? event.kind ?? 'a tool')}${event.status ? ` [${event.status}]` : ''}`;
    case 'tool-output':
      return toolOutput(event);
    case 'permission':
      return `? asks: ${text(event.title)}`;
    case 'decision':
      return `! ${text(event.outcome)}${event.by ? ` by ${event.by}` : ''}`;
    case 'ended':
      return `■ ${text(event.reason)}`;
    default:
      return undefined;
  }
}

function toolOutput({ text: output, path }: TranscriptEvent): string | undefined {
  if (output !== undefined) return text(output);
  return path === undefined ? undefined : `± ${path}`;
}

/** Without the control characters that could paint over what was said before; line ends and tabs stay. */
function text(value: unknown): string {
  // eslint-disable-next-line no-control-regex
  return String(value ?? '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
