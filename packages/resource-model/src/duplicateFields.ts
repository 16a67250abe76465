/** A collection that is being read. */
interface Frame {
  /** Of an object: the fields it had until now, and the one being read. */
  keys?: Set<string>;
  key: string;
  index: number;
  /** A text here names a field. */
  awaitsKey: boolean;
}

/**
 * Fields that a JSON text gives more than once: `JSON.parse` takes the last of them and says nothing.
 *
 * @param text - valid JSON
 * @returns dotted paths with list indexes, each once
 */
export function duplicateFields(text: string): string[] {
  const found = new Set<string>();
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    const frame = frames.at(-1);
    if (char === '{') frames.push({ keys: new Set(), key: '', index: 0, awaitsKey: true });
    else if (char === '[') frames.push({ key: '', index: 0, awaitsKey: false });
    else if (char === '}' || char === ']') frames.pop();
    else if (char === ',' && frame) next(frame);
    else if (char === '"') {
      const end = endOfText(text, at);
      if (frame?.awaitsKey && take(frame, JSON.parse(text.slice(at, end + 1)))) found.add(pathOf(frames));
      at = end;
    }
  }
  return [...found];
}

function next(frame: Frame): void {
  frame.index += 1;
  frame.awaitsKey = frame.keys !== undefined;
}

/** Whether the field was there before. */
function take(frame: Frame, key: string): boolean {
  const known = frame.keys!.has(key);
  frame.keys!.add(key);
  frame.key = key;
  frame.awaitsKey = false;
  return known;
}

/** Where the text ends that begins at `from`. */
function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function pathOf(frames: readonly Frame[]): string {
  return frames.reduce((path, { keys, key, index }) => {
    if (!keys) return `${path}[${index}]`;
    return path ? `${path}.${key}` : key;
  }, '');
}
