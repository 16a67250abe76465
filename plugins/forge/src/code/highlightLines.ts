import { highlighter } from '@git-diff-view/react';

/** A piece of a line with one colour. */
export interface TextRun {
  text: string;
  className?: string;
}

/** Beyond this many characters colouring would hold the page up; the text is shown plainly. */
const MOST = 400_000;

interface Node {
  type: string;
  value?: string;
  properties?: { className?: string[] };
  children?: Node[];
}

/** The lines of a source file with the classes of their tokens; of a language nobody knows plain text. */
export function highlightLines(text: string, path: string): TextRun[][] {
  const body = text.replace(/\n$/, '');
  const extension = /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? '';
  const engine = highlighter.getHighlighterEngine();
  if (body.length > MOST || !engine.registered(extension))
    return body.split('\n').map(line => (line ? [{ text: line }] : []));

  const lines: TextRun[][] = [[]];
  const add = (node: Node, className?: string) => {
    if (node.type === 'text') {
      (node.value ?? '').split('\n').forEach((part, index) => {
        if (index > 0) lines.push([]);
        if (part) lines[lines.length - 1].push({ text: part, className });
      });
    }
    const inner = node.properties?.className?.join(' ') ?? className;
    node.children?.forEach(child => add(child, inner));
  };
  add(engine.highlight(extension, body) as Node);
  return lines;
}
