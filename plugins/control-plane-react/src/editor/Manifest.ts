import { isObject } from '@krate/resource-model';
import { Document, isCollection, isMap, isPair, isScalar, Node, parseDocument, Pair } from 'yaml';
import { FieldLocation } from './fieldLocation';

/** A stretch of text. */
export interface TextRange {
  from: number;
  to: number;
}

const STYLE = { lineWidth: 0, blockQuote: 'literal', nullStr: '' } as const;

/**
 * A manifest as text, and the object it says. Changing a field changes that part of the text alone: comments, order and
 * quotes of all else stay as somebody wrote them.
 */
export class Manifest {
  private readonly document: Document.Parsed;
  /** What the text says; the last value that could be read where it does not parse. */
  readonly value: Record<string, unknown>;
  /** Why the text is no object, and where. */
  readonly faults: readonly { message: string; range: TextRange }[];

  constructor(readonly text: string) {
    this.document = parseDocument(text, { prettyErrors: false });
    const read = this.document.errors.length === 0 ? (this.document.toJS() as unknown) : {};
    this.value = isObject(read) ? read : {};
    this.faults = this.document.errors.map(({ message, pos }) => ({
      message,
      range: { from: pos[0], to: Math.max(pos[1], pos[0] + 1) },
    }));
    const notObject = this.faults.length === 0 && !isObject(read) && text.trim() !== '';
    if (notObject)
      this.faults = [
        { message: 'A manifest is an object: fields with values', range: { from: 0, to: text.length } },
      ];
  }

  /** The text with another value at a place; `undefined` takes the field out, and what it leaves empty behind it. */
  with(path: FieldLocation, value: unknown): string {
    if (this.faults.length > 0) return this.text;
    const document = parseDocument(this.text, { prettyErrors: false });
    if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
    if (value === undefined) remove(document, path);
    else {
      openCollections(document, path);
      // A plain value that takes another's place keeps the comment beside it.
      document.setIn(path, typeof value === 'object' ? document.createNode(value) : value);
    }
    return document.toString(STYLE);
  }

  /** Where a field stands in the text: its value, else the key of the nearest field around it that is there. */
  rangeOf(path: FieldLocation): TextRange {
    const value = this.document.getIn(path, true);
    const range = (value as Node | undefined)?.range;
    if (range && path.length > 0 && range[1] > range[0]) return { from: range[0], to: range[1] };
    if (path.length === 0) return { from: 0, to: Math.min(1, this.text.length) };
    const key = keyNode(this.document, path);
    if (key) return key;
    return this.rangeOfKeyAbove(path.slice(0, -1));
  }

  private rangeOfKeyAbove(path: FieldLocation): TextRange {
    if (path.length === 0) return { from: 0, to: Math.min(1, this.text.length) };
    return keyNode(this.document, path) ?? this.rangeOfKeyAbove(path.slice(0, -1));
  }
}

/** An object as the text of a manifest. */
export function manifestText(value: object): string {
  return new Document(value).toString(STYLE);
}

function keyNode(document: Document.Parsed, path: FieldLocation): TextRange | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const name = path[path.length - 1];
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(
    (item: Pair) => isScalar(item.key) && String(item.key.value) === String(name),
  );
  const range = isPair(pair) && isScalar(pair.key) ? pair.key.range : undefined;
  return range ? { from: range[0], to: range[1] } : undefined;
}

/** `spec:` without a value is a null in the way of a field below it. */
function openCollections(document: Document, path: FieldLocation): void {
  for (let length = 1; length < path.length; length += 1) {
    const at = path.slice(0, length);
    const node = document.getIn(at, true);
    if (node !== undefined && !isCollection(node)) document.deleteIn(at);
    if (!document.hasIn(at))
      document.setIn(at, document.createNode(typeof path[length] === 'number' ? [] : {}));
  }
}

function remove(document: Document, path: FieldLocation): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  // The top level of a manifest keeps its parts, also empty ones.
  if (parent.length < 2) return;
  const left = document.getIn(parent, true);
  if (isCollection(left) && left.items.length === 0) remove(document, parent);
}
